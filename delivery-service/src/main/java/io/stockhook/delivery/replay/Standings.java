package io.stockhook.delivery.replay;

import io.stockhook.delivery.query.Conditions;
import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryTask;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads where deliveries and dead letters stand, those of one tenant, with what they were to send. */
final class Standings {

    private static final Set<String> OPEN = Set.of("scheduled", "retrying", "awaiting_confirmation");

    private static final String OF_DELIVERIES = """
            select d.delivery_id, d.tenant_id, d.endpoint_id, d.event_id, d.event_type,
                coalesce(d.subscribed_as, d.event_type) as subscribed_as, d.status, d.run, d.attempt, d.next_retry_at,
                e.source, e.subject, e.time, e.data
            from (select * from delivery where %s order by delivery_id limit %d) d
                left join event e on e.tenant_id = d.tenant_id and e.event_id = d.event_id
                    and e.day = (uuid_extract_timestamp(d.delivery_id) at time zone 'UTC')::date
            order by d.delivery_id""";

    private static final String OF_DEAD_LETTERS = """
            select l.dead_letter_id, l.delivery_id, l.tenant_id, l.endpoint_id, l.event_id, l.event_type, l.subscribed_as,
                'dead' as status, l.run, l.attempt, null::timestamptz as next_retry_at, l.event_source as source,
                l.event_subject as subject, l.event_time as time, l.payload as data, d.run > l.run as is_past
            from (select * from dead_letter where %s order by dead_letter_id limit %d) l
                left join delivery d on d.tenant_id = l.tenant_id and d.delivery_id = l.delivery_id
            order by l.dead_letter_id""";

    private static final byte[] NOTHING = {};
    private static final String UNKNOWN = "unknown";

    /**
     * A dead letter.
     *
     * @param isPast whether a higher run of its delivery has been begun since
     */
    record Letter(UUID id, Standing standing, boolean isPast) {

        boolean isLaterThan(Letter other) {
            return standing.task().run() > other.standing.task().run();
        }
    }

    private Standings() {}

    /** The tenant's delivery of this id. */
    static Optional<Standing> ofDelivery(Connection connection, String tenantId, String id) throws SQLException {
        if (!Ids.isA(Ids.Kind.DELIVERY, id)) {
            return Optional.empty();
        }
        Conditions conditions = new Conditions(tenantId).and("delivery_id = ?", Ids.uuid(Ids.Kind.DELIVERY, id));
        return ofDeliveries(connection, conditions, 1).stream().findFirst();
    }

    /** The first deliveries, in the order of their ids, for which all conditions hold. */
    static List<Standing> ofDeliveries(Connection connection, Conditions conditions, int limit) throws SQLException {
        List<Standing> standings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OF_DELIVERIES.formatted(conditions, limit))) {
            conditions.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    standings.add(standing(row));
                }
            }
        }
        return standings;
    }

    /** The first dead letters, in the order of their ids, for which all conditions hold. */
    static List<Letter> ofDeadLetters(Connection connection, Conditions conditions, int limit) throws SQLException {
        List<Letter> letters = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OF_DEAD_LETTERS.formatted(conditions, limit))) {
            conditions.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    letters.add(new Letter(
                            row.getObject("dead_letter_id", UUID.class), standing(row), row.getBoolean("is_past")));
                }
            }
        }
        return letters;
    }

    /** The ids of the first dead letters, in their order, for which all conditions hold. */
    static List<UUID> idsOfDeadLetters(Connection connection, Conditions conditions, int limit) throws SQLException {
        String sql = "select dead_letter_id from dead_letter where %s order by dead_letter_id limit %d"
                .formatted(conditions, limit);
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            conditions.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
            }
        }
        return ids;
    }

    private static Standing standing(ResultSet row) throws SQLException {
        String deliveryId = Ids.format(Ids.Kind.DELIVERY, row.getObject("delivery_id", UUID.class));
        byte[] data = row.getBytes("data");
        String source = row.getString("source");
        Instant time = optional(row, "time");
        Instant nextAt = optional(row, "next_retry_at");
        String status = row.getString("status");
        DeliveryTask task = new DeliveryTask(
                deliveryId,
                Ids.format(Ids.Kind.WEBHOOK, row.getObject("endpoint_id", UUID.class)),
                Ids.format(Ids.Kind.TENANT, row.getObject("tenant_id", UUID.class)),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("subscribed_as"),
                source == null ? UNKNOWN : source,
                row.getString("subject"),
                time == null ? Ids.time(Ids.Kind.DELIVERY, deliveryId) : time,
                null,
                row.getInt("run"),
                row.getInt("attempt"),
                0,
                nextAt == null ? Instant.EPOCH : nextAt,
                DeliveryTask.Cause.REPLAY,
                null,
                null,
                0,
                null,
                data == null ? NOTHING : data,
                null,
                null,
                null,
                null,
                0);
        return new Standing(task, data != null, !OPEN.contains(status), status, nextAt);
    }

    private static @Nullable Instant optional(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
