package io.stockhook.delivery.query;

import io.stockhook.events.Ids;
import io.stockhook.web.paging.PageQuery;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads deliveries and their attempts, those of one tenant. */
@Singleton
class DeliveryQueries {

    private static final String COLUMNS = """
            select delivery_id, endpoint_id, event_id, event_type, coalesce(subscribed_as, event_type) as subscribed_as,
                status, reason, run, attempts, response_code, duration_us, error_class, error_message, next_retry_at,
                last_attempt_at
            from delivery
            where\s""";

    private static final String ATTEMPTS = """
            select attempt_id, run, attempt, started_at, url, method, request_headers, request_body, request_body_bytes,
                duration_us, connect_us, first_byte_us, response_code, response_headers, response_body, error_class,
                error_message, next, reason, next_retry_at
            from attempt
            where tenant_id = ? and delivery_id = ? and attempt_id >= ?
            order by run, attempt, started_at
            limit ?""";

    private static final String PAYLOAD = "select data from event where tenant_id = ? and event_id = ? and day = ?";

    /** A delivery has few attempts; this bounds what a long series of replays costs. */
    private static final int MAX_ATTEMPTS = 1_000;

    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private final LogReader log;
    private final RowMapper rows;

    DeliveryQueries(LogReader log, RowMapper rows) {
        this.log = log;
        this.rows = rows;
    }

    /** The deliveries for which all conditions hold, the newest first: one more than the page shows, if there are. */
    List<DeliveryView> listOfTenant(Conditions conditions, PageQuery page) {
        String sql = list(conditions, page);
        return log.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                conditions.bind(statement);
                return deliveries(statement);
            }
        });
    }

    /** The statement of a page; adds to the conditions that it follows the page before. */
    static String list(Conditions conditions, PageQuery page) {
        page.after(id -> Ids.uuid(Ids.Kind.DELIVERY, id)).ifPresent(after -> conditions.and("delivery_id < ?", after));
        return COLUMNS + conditions + " order by delivery_id desc limit " + page.fetchSize();
    }

    /** The tenant's delivery of this id with its attempts and its event's data. */
    Optional<DeliveryDetail> findOfTenant(String tenantId, String id) {
        if (!Ids.isA(Ids.Kind.DELIVERY, id)) {
            return Optional.empty();
        }
        UUID deliveryId = Ids.uuid(Ids.Kind.DELIVERY, id);
        Conditions conditions = new Conditions(tenantId).and("delivery_id = ?", deliveryId);
        return log.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COLUMNS + conditions)) {
                conditions.bind(statement);
                List<DeliveryView> found = deliveries(statement);
                return found.isEmpty()
                        ? Optional.empty()
                        : Optional.of(detail(connection, tenantId, deliveryId, found.get(0)));
            }
        });
    }

    /**
     * The attempts of the tenant's delivery over all runs, the earliest first; within the caller's transaction.
     *
     * @param eventId the event that was delivered
     * @param subscribedAs the type it was delivered under
     */
    List<AttemptView> attemptsOfTenant(
            Connection connection, String tenantId, UUID deliveryId, String eventId, String subscribedAs)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ATTEMPTS)) {
            statement.setObject(1, Ids.uuid(Ids.Kind.TENANT, tenantId));
            statement.setObject(2, deliveryId);
            // Clocks differ, and an event may come from one that is ahead.
            statement.setObject(3, TimeRange.floor(time(deliveryId).minus(CLOCK_SKEW)));
            statement.setInt(4, MAX_ATTEMPTS);
            try (ResultSet result = statement.executeQuery()) {
                List<AttemptView> attempts = new ArrayList<>();
                String id = Ids.format(Ids.Kind.DELIVERY, deliveryId);
                while (result.next()) {
                    attempts.add(rows.attempt(result, id, eventId, subscribedAs));
                }
                return attempts;
            }
        }
    }

    private DeliveryDetail detail(Connection connection, String tenantId, UUID deliveryId, DeliveryView delivery)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAYLOAD)) {
            statement.setObject(1, Ids.uuid(Ids.Kind.TENANT, tenantId));
            statement.setString(2, delivery.eventId());
            statement.setObject(3, LocalDate.ofInstant(time(deliveryId), ZoneOffset.UTC));
            try (ResultSet result = statement.executeQuery()) {
                String payload = result.next() ? RawJson.of(result.getBytes("data")) : null;
                List<AttemptView> attempts =
                        attemptsOfTenant(connection, tenantId, deliveryId, delivery.eventId(), delivery.subscribedAs());
                return new DeliveryDetail(delivery, attempts, payload);
            }
        }
    }

    private List<DeliveryView> deliveries(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            List<DeliveryView> deliveries = new ArrayList<>();
            while (result.next()) {
                deliveries.add(rows.delivery(result));
            }
            return deliveries;
        }
    }

    private static Instant time(UUID deliveryId) {
        return Ids.time(Ids.Kind.DELIVERY, Ids.format(Ids.Kind.DELIVERY, deliveryId));
    }
}
