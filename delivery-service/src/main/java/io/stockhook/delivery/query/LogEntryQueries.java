package io.stockhook.delivery.query;

import io.stockhook.events.Ids;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads what a page of deliveries was made of and answered with, in two statements for all of them. */
@Singleton
class LogEntryQueries {

    /** Bounds a page of 200 to a few megabytes. */
    static final int MAX_PAYLOAD_BYTES = 16 * 1024;

    private static final int MAX_RESPONSE_CHARS = 1024;
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private static final String RESPONSES = """
            select distinct on (delivery_id) delivery_id, left(response_body, %d) as response_body
            from attempt
            where tenant_id = ? and delivery_id = any (?) and attempt_id >= ?
            order by delivery_id, run desc, attempt desc, started_at desc""".formatted(MAX_RESPONSE_CHARS);

    private static final String PAYLOADS = """
            select event_id, day, data
            from event
            where tenant_id = ? and event_id = any (?) and day = any (?) and octet_length(data) <= %d""".formatted(MAX_PAYLOAD_BYTES);

    private final LogReader log;

    LogEntryQueries(LogReader log) {
        this.log = log;
    }

    private record EventDay(String eventId, LocalDate day) {

        static EventDay of(DeliveryView delivery) {
            return new EventDay(delivery.eventId(), LocalDate.ofInstant(delivery.createdAt(), ZoneOffset.UTC));
        }
    }

    /** The tenant's deliveries in the same order, with what belongs to them. */
    List<LogEntryView> ofTenant(String tenantId, List<DeliveryView> deliveries) {
        if (deliveries.isEmpty()) {
            return List.of();
        }
        UUID tenant = Ids.uuid(Ids.Kind.TENANT, tenantId);
        return log.read(connection -> {
            Map<String, String> responses = responses(connection, tenant, deliveries);
            Map<EventDay, String> payloads = payloads(connection, tenant, deliveries);
            return deliveries.stream()
                    .map(delivery -> LogEntryView.of(
                            delivery, payloads.get(EventDay.of(delivery)), responses.get(delivery.id())))
                    .toList();
        });
    }

    private static Map<String, String> responses(Connection connection, UUID tenant, List<DeliveryView> deliveries)
            throws SQLException {
        Instant earliest = deliveries.stream()
                .map(DeliveryView::createdAt)
                .min(Instant::compareTo)
                .orElseThrow();
        try (PreparedStatement statement = connection.prepareStatement(RESPONSES)) {
            statement.setObject(1, tenant);
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid",
                            deliveries.stream()
                                    .map(delivery -> Ids.uuid(Ids.Kind.DELIVERY, delivery.id()))
                                    .toArray()));
            // Clocks differ, and an event may come from one that is ahead.
            statement.setObject(3, TimeRange.floor(earliest.minus(CLOCK_SKEW)));
            try (ResultSet row = statement.executeQuery()) {
                Map<String, String> responses = new HashMap<>();
                while (row.next()) {
                    String body = row.getString("response_body");
                    if (body != null) {
                        responses.put(Ids.format(Ids.Kind.DELIVERY, row.getObject("delivery_id", UUID.class)), body);
                    }
                }
                return responses;
            }
        }
    }

    private static Map<EventDay, String> payloads(Connection connection, UUID tenant, List<DeliveryView> deliveries)
            throws SQLException {
        List<EventDay> events = deliveries.stream().map(EventDay::of).distinct().toList();
        try (PreparedStatement statement = connection.prepareStatement(PAYLOADS)) {
            statement.setObject(1, tenant);
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            events.stream().map(EventDay::eventId).distinct().toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "date",
                            events.stream().map(EventDay::day).distinct().toArray()));
            try (ResultSet row = statement.executeQuery()) {
                Map<EventDay, String> payloads = new HashMap<>();
                while (row.next()) {
                    payloads.put(
                            new EventDay(row.getString("event_id"), row.getObject("day", LocalDate.class)),
                            RawJson.of(row.getBytes("data")));
                }
                return payloads;
            }
        }
    }
}
