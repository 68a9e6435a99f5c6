package io.stockhook.delivery.query;

import io.stockhook.events.Ids;
import io.stockhook.web.paging.PageQuery;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads dead letters, those of one tenant. */
@Singleton
class DeadLetterQueries {

    private static final String COLUMNS = """
            dead_letter_id, delivery_id, endpoint_id, event_id, event_type, subscribed_as, run, attempt, reason, detail,
                event_time, dead_at""";

    private final LogReader log;
    private final RowMapper rows;
    private final DeliveryQueries deliveries;

    DeadLetterQueries(LogReader log, RowMapper rows, DeliveryQueries deliveries) {
        this.log = log;
        this.rows = rows;
        this.deliveries = deliveries;
    }

    /** The dead letters for which all conditions hold, the latest first: one more than the page shows, if there are. */
    List<DeadLetterView> listOfTenant(Conditions conditions, PageQuery page) {
        String sql = list(conditions, page);
        return log.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                conditions.bind(statement);
                return views(statement);
            }
        });
    }

    /** The statement of a page; adds to the conditions that it follows the page before. */
    static String list(Conditions conditions, PageQuery page) {
        page.after(id -> Ids.uuid(Ids.Kind.DEAD_LETTER, id))
                .ifPresent(after -> conditions.and("dead_letter_id < ?", after));
        return "select " + COLUMNS + " from dead_letter where " + conditions + " order by dead_letter_id desc limit "
                + page.fetchSize();
    }

    /** The tenant's dead letter of this id with its delivery's attempts and its payload. */
    Optional<DeadLetterDetail> findOfTenant(String tenantId, String id) {
        if (!Ids.isA(Ids.Kind.DEAD_LETTER, id)) {
            return Optional.empty();
        }
        Conditions conditions = new Conditions(tenantId).and("dead_letter_id = ?", Ids.uuid(Ids.Kind.DEAD_LETTER, id));
        String sql = "select " + COLUMNS + ", payload from dead_letter where " + conditions;
        return log.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                conditions.bind(statement);
                try (ResultSet result = statement.executeQuery()) {
                    return result.next() ? Optional.of(detail(connection, tenantId, result)) : Optional.empty();
                }
            }
        });
    }

    private DeadLetterDetail detail(Connection connection, String tenantId, ResultSet row) throws SQLException {
        UUID deliveryId = row.getObject("delivery_id", UUID.class);
        return new DeadLetterDetail(
                rows.deadLetter(row),
                deliveries.attemptsOfTenant(
                        connection, tenantId, deliveryId, row.getString("event_id"), row.getString("subscribed_as")),
                RawJson.of(row.getBytes("payload")));
    }

    private List<DeadLetterView> views(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            List<DeadLetterView> views = new ArrayList<>();
            while (result.next()) {
                views.add(rows.deadLetter(result));
            }
            return views;
        }
    }
}
