package io.stockhook.delivery.ordered;

import io.agroal.api.AgroalDataSource;
import io.stockhook.delivery.ordered.OrderedQueue.Writes;
import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryTask;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The backlog in PostgreSQL. Each transaction but a claim holds the partition's epoch, so that nobody can claim the partition while it is
 * under way, and ends without having done anything if somebody has. Blocks; thread-safe.
 */
@Singleton
public class Backlog {

    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final int STATEMENT_TIMEOUT_SECONDS = 20;

    private static final String CLAIM = """
            insert into ordered_partition as known (kafka_partition, epoch) values (?, 1)
            on conflict (kafka_partition) do update set epoch = known.epoch + 1
            returning epoch""";

    /** From one endpoint to the next by the index, however many rows each has. */
    private static final String ENDPOINTS = """
            with recursive endpoint as (
                (select endpoint_id from ordered_backlog where kafka_partition = ? order by endpoint_id limit 1)
                union all
                select (
                    select endpoint_id from ordered_backlog
                    where kafka_partition = ? and endpoint_id > endpoint.endpoint_id
                    order by endpoint_id limit 1)
                from endpoint
                where endpoint.endpoint_id is not null
            )
            select endpoint_id, (
                select max(kafka_offset) from ordered_backlog
                where kafka_partition = ? and endpoint_id = endpoint.endpoint_id) as last_offset
            from endpoint
            where endpoint_id is not null""";

    private static final String HOLD_EPOCH = "select epoch from ordered_partition where kafka_partition = ? for share";

    private static final String CLEAR =
            "delete from ordered_backlog where kafka_partition = ? and endpoint_id = any (?)";

    private static final String INSERT = """
            insert into ordered_backlog (kafka_partition, kafka_offset, endpoint_id, tenant_id, delivery_id, run, ordering_key, task, data)
            select ?, kafka_offset, endpoint_id, tenant_id, delivery_id, run, ordering_key, task, data
            from unnest(?::bigint[], ?::uuid[], ?::uuid[], ?::uuid[], ?::int[], ?::text[], ?::bytea[], ?::bytea[])
                as rows (kafka_offset, endpoint_id, tenant_id, delivery_id, run, ordering_key, task, data)
            order by kafka_offset
            on conflict do nothing""";

    private static final String UPDATE = """
            update ordered_backlog
            set task = rows.task
            from unnest(?::bigint[], ?::uuid[], ?::bytea[]) as rows (kafka_offset, endpoint_id, task)
            where kafka_partition = ? and ordered_backlog.endpoint_id = rows.endpoint_id
                and ordered_backlog.kafka_offset = rows.kafka_offset""";

    private static final String DELETE = """
            delete from ordered_backlog
            using unnest(?::bigint[], ?::uuid[]) as rows (kafka_offset, endpoint_id)
            where kafka_partition = ? and ordered_backlog.endpoint_id = rows.endpoint_id
                and ordered_backlog.kafka_offset = rows.kafka_offset""";

    private static final String READ = """
            select kafka_offset, ordering_key, task, data, page_rows
            from (
                select kafka_offset, ordering_key, task, data, count(*) over () as page_rows,
                    sum(octet_length(data)) over (order by kafka_offset) - octet_length(data) as bytes_before
                from (
                    select kafka_offset, ordering_key, task, data
                    from ordered_backlog
                    where kafka_partition = ? and endpoint_id = ? and ordering_key <> all (?)
                    order by kafka_offset
                    limit ?
                ) page
            ) weighed
            where bytes_before < ?
            order by kafka_offset""";

    private static final String MEASURE = "select count(*), min(spilled_at) from ordered_backlog";

    private final AgroalDataSource dataSource;

    Backlog(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * What a new owner begins with.
     *
     * @param epoch the owner's
     * @param lastOffsets of the endpoints of which there is something, that of the last, by endpoint id
     */
    record Claimed(long epoch, Map<String, Long> lastOffsets) {}

    /**
     * A beginning of what there is.
     *
     * @param isAll whether there is no more
     */
    record Page(List<Entry> rows, boolean isAll) {}

    /**
     * How much there is, of all partitions.
     *
     * @param oldest since when the oldest has been there; null if there is none
     */
    record Size(long rows, @Nullable Instant oldest) {

        Duration age(Instant now) {
            return oldest == null ? Duration.ZERO : Duration.between(oldest, now);
        }
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Makes the caller the owner of the partition; waits for transactions of the one before. */
    Claimed claim(int partition) throws SQLException {
        return inTransaction(connection -> {
            long epoch;
            try (PreparedStatement statement = prepare(connection, CLAIM)) {
                statement.setInt(1, partition);
                epoch = single(statement);
            }
            Map<String, Long> lastOffsets = new HashMap<>();
            try (PreparedStatement statement = prepare(connection, ENDPOINTS)) {
                statement.setInt(1, partition);
                statement.setInt(2, partition);
                statement.setInt(3, partition);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        lastOffsets.put(Ids.format(Ids.Kind.WEBHOOK, row.getObject(1, UUID.class)), row.getLong(2));
                    }
                }
            }
            return new Claimed(epoch, lastOffsets);
        });
    }

    /** Writes all of it, in this order; false, and nothing is written, if the partition has another owner. */
    boolean write(int partition, long epoch, Collection<Writes> writes) throws SQLException {
        List<UUID> cleared = writes.stream()
                .filter(Writes::clears)
                .map(one -> Ids.uuid(Ids.Kind.WEBHOOK, one.endpointId()))
                .toList();
        List<Entry> inserts = all(writes, Writes::inserts);
        List<Entry> updates = all(writes, Writes::updates);
        List<Entry> deletes = all(writes, Writes::deletes);
        return inTransaction(connection -> {
            if (!isOwner(connection, partition, epoch)) {
                return false;
            }
            clear(connection, partition, cleared);
            insert(connection, partition, inserts);
            update(connection, partition, updates);
            delete(connection, partition, deletes);
            return true;
        });
    }

    /**
     * Reads what is first.
     *
     * @param excluded keys of which nothing is wanted
     * @param mostBytes what it may weigh, unless it is one
     * @return empty if the partition has another owner
     */
    Optional<Page> read(int partition, long epoch, String endpointId, Set<String> excluded, int most, long mostBytes)
            throws SQLException {
        return inTransaction(connection -> {
            if (!isOwner(connection, partition, epoch)) {
                return Optional.empty();
            }
            try (PreparedStatement statement = prepare(connection, READ)) {
                statement.setInt(1, partition);
                statement.setObject(2, Ids.uuid(Ids.Kind.WEBHOOK, endpointId));
                statement.setArray(3, connection.createArrayOf("text", excluded.toArray()));
                statement.setInt(4, most);
                statement.setLong(5, mostBytes);
                List<Entry> rows = new ArrayList<>();
                int onPage = 0;
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        rows.add(
                                Entry.stored(row.getLong(1), row.getString(2), task(row.getBytes(3), row.getBytes(4))));
                        onPage = row.getInt(5);
                    }
                }
                return Optional.of(new Page(rows, onPage < most && rows.size() == onPage));
            }
        });
    }

    /** Measures all of it. */
    Size measure() throws SQLException {
        return inTransaction(connection -> {
            try (PreparedStatement statement = prepare(connection, MEASURE);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                OffsetDateTime oldest = row.getObject(2, OffsetDateTime.class);
                return new Size(row.getLong(1), oldest == null ? null : oldest.toInstant());
            }
        });
    }

    private static boolean isOwner(Connection connection, int partition, long epoch) throws SQLException {
        try (PreparedStatement statement = prepare(connection, HOLD_EPOCH)) {
            statement.setInt(1, partition);
            boolean isOwner = single(statement) == epoch;
            if (!isOwner) {
                LOG.warnf("the backlog of a partition has another owner: partition=%d", partition);
            }
            return isOwner;
        }
    }

    private static void clear(Connection connection, int partition, List<UUID> cleared) throws SQLException {
        if (!cleared.isEmpty()) {
            try (PreparedStatement statement = prepare(connection, CLEAR)) {
                statement.setInt(1, partition);
                statement.setArray(2, connection.createArrayOf("uuid", cleared.toArray()));
                statement.executeUpdate();
            }
        }
    }

    private static void insert(Connection connection, int partition, List<Entry> inserts) throws SQLException {
        if (!inserts.isEmpty()) {
            try (PreparedStatement statement = prepare(connection, INSERT)) {
                statement.setInt(1, partition);
                statement.setArray(2, offsets(connection, inserts));
                statement.setArray(3, endpoints(connection, inserts));
                statement.setArray(4, uuids(connection, inserts, Ids.Kind.TENANT, entry -> entry.task()
                        .tenantId()));
                statement.setArray(5, uuids(connection, inserts, Ids.Kind.DELIVERY, entry -> entry.task()
                        .deliveryId()));
                statement.setArray(6, array(connection, "int4", inserts, entry -> entry.task()
                        .run()));
                statement.setArray(7, array(connection, "text", inserts, Entry::key));
                statement.setArray(8, tasks(connection, inserts));
                statement.setArray(
                        9, bytes(connection, inserts, entry -> entry.task().data()));
                statement.executeUpdate();
            }
        }
    }

    private static void update(Connection connection, int partition, List<Entry> updates) throws SQLException {
        if (!updates.isEmpty()) {
            try (PreparedStatement statement = prepare(connection, UPDATE)) {
                statement.setArray(1, offsets(connection, updates));
                statement.setArray(2, endpoints(connection, updates));
                statement.setArray(3, tasks(connection, updates));
                statement.setInt(4, partition);
                statement.executeUpdate();
            }
        }
    }

    private static void delete(Connection connection, int partition, List<Entry> deletes) throws SQLException {
        if (!deletes.isEmpty()) {
            try (PreparedStatement statement = prepare(connection, DELETE)) {
                statement.setArray(1, offsets(connection, deletes));
                statement.setArray(2, endpoints(connection, deletes));
                statement.setInt(3, partition);
                statement.executeUpdate();
            }
        }
    }

    private static Array offsets(Connection connection, List<Entry> entries) throws SQLException {
        return array(connection, "int8", entries, Entry::offset);
    }

    private static Array endpoints(Connection connection, List<Entry> entries) throws SQLException {
        return uuids(
                connection, entries, Ids.Kind.WEBHOOK, entry -> entry.task().endpointId());
    }

    private static Array tasks(Connection connection, List<Entry> entries) throws SQLException {
        return bytes(connection, entries, entry -> entry.task().header().value());
    }

    private static Array uuids(Connection connection, List<Entry> entries, Ids.Kind kind, Function<Entry, String> value)
            throws SQLException {
        return array(connection, "uuid", entries, entry -> Ids.uuid(kind, value.apply(entry)));
    }

    private static Array array(Connection connection, String type, List<Entry> entries, Function<Entry, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, entries.stream().map(value).toArray());
    }

    private static Array bytes(Connection connection, List<Entry> entries, Function<Entry, byte[]> value)
            throws SQLException {
        return connection.createArrayOf("bytea", entries.stream().map(value).toArray(byte[][]::new));
    }

    private static DeliveryTask task(byte[] header, byte[] data) {
        return DeliveryTask.read(new RecordHeaders(new Header[] {new RecordHeader(DeliveryTask.HEADER, header)}), data);
    }

    private static List<Entry> all(Collection<Writes> writes, Function<Writes, List<Entry>> which) {
        return writes.stream().flatMap(one -> which.apply(one).stream()).toList();
    }

    private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(STATEMENT_TIMEOUT_SECONDS);
        return statement;
    }

    /** The number that a query answers; -1 if it answers none. */
    private static long single(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (PreparedStatement statement =
                        connection.prepareStatement("select set_config('stockhook.tenant', '*', true)")) {
                    statement.execute();
                }
                T result = work.on(connection);
                connection.commit();
                return result;
            } finally {
                // What has been committed is not touched by this; anything else must not go back to the pool.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }
}
