package io.stockhook.events.outbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code outbox} of a service's database, with columns {@code id, topic, record_key, headers, value, created_at}.
 * Every statement takes the caller's connection, so that it takes part in the caller's transaction.
 */
public final class OutboxTable {

    private static final String INSERT =
            "insert into outbox (topic, record_key, headers, value) values (?, ?, ?, ?) returning id";
    /** The running size bounds the memory of a batch of long records; the first row comes however long it is. */
    private static final String OLDEST = """
            select id, topic, record_key, headers, value from (
                select id, topic, record_key, headers, value,
                       coalesce(sum(octet_length(headers) + coalesce(octet_length(value), 0)) over (
                           order by id rows between unbounded preceding and 1 preceding), 0) as bytes_before
                from outbox order by id limit ?) as oldest
            where bytes_before < ?
            order by id
            """;

    private static final String DELETE = "delete from outbox where id = any(?)";
    private static final String IS_PENDING = "select 1 from outbox where id = ?";
    private static final String BACKLOG =
            "select count(*), coalesce(extract(epoch from now() - min(created_at)), 0) from outbox";

    /** A row that waits to be published. */
    record Row(long id, OutboxRecord content) {}

    /**
     * How much waits.
     *
     * @param rows how many records
     * @param oldest for how long the oldest has waited; zero if none waits
     */
    public record Backlog(long rows, Duration oldest) {}

    private OutboxTable() {}

    /** Adds a record in the caller's transaction and returns its row id. */
    public static long append(Connection connection, OutboxRecord content) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, content.topic());
            insert.setString(2, content.key());
            insert.setBytes(3, pack(content.headers()));
            insert.setBytes(4, content.value());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Whether a row still waits. */
    public static boolean isPending(Connection connection, long id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(IS_PENDING)) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** How much waits, for metrics. */
    public static Backlog backlog(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BACKLOG);
                ResultSet row = query.executeQuery()) {
            row.next();
            return new Backlog(row.getLong(1), Duration.ofMillis((long) (row.getDouble(2) * 1000)));
        }
    }

    /**
     * The rows to be published next.
     *
     * @param limit how many at the most
     * @param bytes the batch ends with the row that reaches so many
     */
    static List<Row> oldest(Connection connection, int limit, int bytes) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(OLDEST)) {
            query.setInt(1, limit);
            query.setInt(2, bytes);
            List<Row> rows = new ArrayList<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(
                            result.getLong(1),
                            new OutboxRecord(
                                    result.getString(2),
                                    result.getString(3),
                                    unpack(result.getBytes(4)),
                                    result.getBytes(5))));
                }
            }
            return rows;
        }
    }

    static void delete(Connection connection, List<Row> rows) throws SQLException {
        Array ids =
                connection.createArrayOf("bigint", rows.stream().map(Row::id).toArray());
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setArray(1, ids);
            delete.executeUpdate();
        } finally {
            ids.free();
        }
    }

    /** Length-prefixed names and values; a null value has length -1. */
    static byte[] pack(List<Header> headers) {
        int size = 0;
        for (Header header : headers) {
            size += 2 * Integer.BYTES
                    + header.key().getBytes(StandardCharsets.UTF_8).length
                    + (header.value() == null ? 0 : header.value().length);
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        for (Header header : headers) {
            put(buffer, header.key().getBytes(StandardCharsets.UTF_8));
            put(buffer, header.value());
        }
        return buffer.array();
    }

    static List<Header> unpack(byte[] packed) {
        List<Header> headers = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        while (buffer.hasRemaining()) {
            byte[] name = Objects.requireNonNull(take(buffer), "a header has a name");
            headers.add(new RecordHeader(new String(name, StandardCharsets.UTF_8), take(buffer)));
        }
        return headers;
    }

    private static void put(ByteBuffer buffer, byte @Nullable [] bytes) {
        if (bytes == null) {
            buffer.putInt(-1);
        } else {
            buffer.putInt(bytes.length).put(bytes);
        }
    }

    private static byte @Nullable [] take(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
