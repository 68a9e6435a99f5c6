package io.stockhook.delivery.record;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Rows turned into columns, the parameters of an {@code unnest}: one statement of always the same text writes any number of
 * rows. Each call sets the next parameter.
 */
final class Columns<T> {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int ARRAY_HEADER_BYTES = 20;
    private static final int UUID_BYTES = 16;

    private final Connection connection;
    private final PreparedStatement statement;
    private final Collection<T> rows;
    private int parameter;

    Columns(PreparedStatement statement, Collection<T> rows) throws SQLException {
        this.connection = statement.getConnection();
        this.statement = statement;
        this.rows = rows;
    }

    // Arrays of exactly String, Integer and Long go to the server in binary; of any other class as text to be parsed.

    /** A {@code text[]}. PostgreSQL's text holds no NUL; the replacement character stands in for it. */
    Columns<T> text(Function<T, @Nullable String> value) throws SQLException {
        @Nullable String[] column = new String[rows.size()];
        int row = 0;
        for (T each : rows) {
            column[row++] = withoutNul(value.apply(each));
        }
        return set("text", column);
    }

    /** A {@code uuid[]}, in the binary form that PostgreSQL's {@code array_recv} reads: the driver would send it as text. */
    Columns<T> uuid(Function<T, UUID> value) throws SQLException {
        ByteBuffer binary = ByteBuffer.allocate(ARRAY_HEADER_BYTES + rows.size() * (Integer.BYTES + UUID_BYTES));
        binary.putInt(1).putInt(0).putInt(Oid.UUID).putInt(rows.size()).putInt(1);
        for (T each : rows) {
            UUID uuid = value.apply(each);
            binary.putInt(UUID_BYTES).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        }
        statement.setArray(
                ++parameter, new PgArray(connection.unwrap(BaseConnection.class), Oid.UUID_ARRAY, binary.array()));
        return this;
    }

    /** An {@code int4[]}. */
    Columns<T> integer(ToIntFunction<T> value) throws SQLException {
        Integer[] column = new Integer[rows.size()];
        int row = 0;
        for (T each : rows) {
            column[row++] = value.applyAsInt(each);
        }
        return set("int4", column);
    }

    /** An {@code int8[]}. */
    Columns<T> number(ToLongFunction<T> value) throws SQLException {
        Long[] column = new Long[rows.size()];
        int row = 0;
        for (T each : rows) {
            column[row++] = value.applyAsLong(each);
        }
        return set("int8", column);
    }

    /** An {@code int4[]} that has as many numbers for each row, one row after the other. */
    Columns<T> integers(Function<T, int[]> values) throws SQLException {
        return set(
                "int4",
                rows.stream().map(values).flatMapToInt(Arrays::stream).boxed().toArray(Integer[]::new));
    }

    /** An {@code int4[]} of days since 1970-01-01. */
    Columns<T> day(Function<T, LocalDate> value) throws SQLException {
        return integer(row -> Math.toIntExact(value.apply(row).toEpochDay()));
    }

    /** An {@code int8[]} of microseconds since 1970. */
    Columns<T> micros(Function<T, @Nullable Instant> value) throws SQLException {
        @Nullable Long[] column = new Long[rows.size()];
        int row = 0;
        for (T each : rows) {
            column[row++] = micros(value.apply(each));
        }
        return set("int8", column);
    }

    /** A {@code bytea[]}. */
    Columns<T> bytes(Function<T, byte[]> value) throws SQLException {
        return set("bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    static @Nullable String withoutNul(@Nullable String text) {
        return text == null ? null : storable(text);
    }

    /** The text as PostgreSQL takes it. */
    static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    private static @Nullable Long micros(@Nullable Instant instant) {
        return instant == null
                ? null
                : instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / NANOS_PER_MICRO;
    }

    private Columns<T> set(String type, @Nullable Object[] column) throws SQLException {
        Array array = connection.createArrayOf(type, column);
        statement.setArray(++parameter, array);
        return this;
    }
}
