package io.stockhook.delivery.replay;

import io.stockhook.events.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                keep_until = greatest(known.keep_until, excluded.keep_until)
            returning delivery_id, run""";

    private static final String EXPIRED = """
            select delivery_id from delivery_run where keep_until < now()
            order by keep_until limit ? for update skip locked""";

    private RunNumbers() {}

    /** Begins the next run of each, and says which it is, by delivery id. */
    static Map<String, Integer> beginNext(
            Connection connection, String tenantId, List<Standing> standings, Instant now, Duration longestDelay)
            throws SQLException {
        return take(connection, tenantId, standings, 1, now, longestDelay);
    }

    /** The run that the delivery is in, which may be one that the log does not know yet. */
    static int hold(Connection connection, String tenantId, Standing standing, Instant now, Duration longestDelay)
            throws SQLException {
        return take(connection, tenantId, List.of(standing), 0, now, longestDelay)
                .getOrDefault(standing.task().deliveryId(), standing.task().run());
    }

    private static Map<String, Integer> take(
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
            Map<String, Integer> runs = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    runs.put(Ids.format(Ids.Kind.DELIVERY, row.getObject(1, UUID.class)), row.getInt(2));
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
