package io.stockhook.delivery.replay;

import io.stockhook.events.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Hands out the numbers of runs. Whoever is given one holds the delivery's row until its transaction ends, so that entries on the control
 * topic are written one after the other; rows are always taken in the order of their ids, so that nobody waits in a circle.
 */
final class RunNumbers {

    private static final String TAKE = """
            insert into delivery_run as known (delivery_id, tenant_id, run, keep_until)
            select delivery_id, ?, run, keep_until
            from unnest(?::uuid[], ?::int[], ?::timestamptz[]) as rows (delivery_id, run, keep_until)
            order by delivery_id
            on conflict (delivery_id) do update set
                run = greatest(known.run + ?, excluded.run),
                keep_until = greatest(known.keep_until, excluded.keep_until,
                    case when known.run + ? > excluded.run then ? end)
            returning delivery_id, run, keep_until""";

    private static final String EXPIRED = """
            select delivery_id from delivery_run where keep_until < now()
            order by keep_until limit ? for update skip locked""";

    /**
     * A run of a delivery, its row held.
     *
     * @param keepUntil until when a task of a lower run may surface
     */
    record Held(int run, Instant keepUntil) {}

    private RunNumbers() {}

    /** Begins the next run of each, and says which it is, by delivery id. */
    static Map<String, Held> beginNext(
            Connection connection, String tenantId, List<Standing> standings, Instant now, Duration longestDelay)
            throws SQLException {
        return take(connection, tenantId, standings, 1, now, longestDelay);
    }

    /** The run that the delivery is in, which may be one that the log does not know yet. */
    static Held hold(Connection connection, String tenantId, Standing standing, Instant now, Duration longestDelay)
            throws SQLException {
        return of(standing, take(connection, tenantId, List.of(standing), 0, now, longestDelay));
    }

    /** The delivery's run among those that were given out. */
    static Held of(Standing standing, Map<String, Held> held) {
        return Objects.requireNonNull(
                held.get(standing.task().deliveryId()), "each delivery that is asked for is given a run");
    }

    private static Map<String, Held> take(
            Connection connection,
            String tenantId,
            List<Standing> standings,
            int step,
            Instant now,
            Duration longestDelay)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, tenantId);
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid",
                            standings.stream()
                                    .map(one -> Ids.uuid(
                                            Ids.Kind.DELIVERY, one.task().deliveryId()))
                                    .toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "int4",
                            standings.stream()
                                    .map(one -> one.task().run() + step)
                                    .toArray(Integer[]::new)));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "timestamptz",
                            standings.stream()
                                    .map(one -> Timestamp.from(one.mayComeUntil(now, longestDelay)))
                                    .toArray()));
            statement.setInt(5, step);
            // Of a run that the log has not heard of it cannot be told whether it has ended.
            statement.setInt(6, step);
            statement.setObject(7, now.plus(longestDelay).plus(Standing.SLACK).atOffset(ZoneOffset.UTC));
            Map<String, Held> runs = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    runs.put(
                            Ids.format(Ids.Kind.DELIVERY, row.getObject(1, UUID.class)),
                            new Held(
                                    row.getInt(2),
                                    row.getObject(3, OffsetDateTime.class).toInstant()));
                }
            }
            return runs;
        }
    }

    /** The deliveries of all tenants of whose runs nothing need be remembered any more, a bounded number of them, their rows held. */
    static List<String> holdExpired(Connection connection, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXPIRED)) {
            statement.setInt(1, limit);
            List<String> ids = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(Ids.format(Ids.Kind.DELIVERY, row.getObject(1, UUID.class)));
                }
            }
            return ids;
        }
    }

    /** Forgets them. */
    static void forget(Connection connection, List<String> deliveryIds) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from delivery_run where delivery_id = any(?)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid",
                            deliveryIds.stream()
                                    .map(id -> Ids.uuid(Ids.Kind.DELIVERY, id))
                                    .toArray()));
            statement.executeUpdate();
        }
    }
}
