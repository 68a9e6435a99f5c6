package io.stockhook.delivery.record;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows turned into columns, the parameters of an {@code unnest}: one statement of always the same text writes any number of
 * rows. Each call sets the next parameter.
 */
final class Columns<T> {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

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
        return set("text", rows.stream().map(value).map(Columns::withoutNul).toArray(String[]::new));
    }

    /** A {@code uuid[]}. */
    Columns<T> uuid(Function<T, UUID> value) throws SQLException {
        return set("uuid", rows.stream().map(value).toArray());
    }

    /** An {@code int4[]}. */
    Columns<T> integer(ToIntFunction<T> value) throws SQLException {
        return set("int4", rows.stream().map(value::applyAsInt).toArray(Integer[]::new));
    }

    /** An {@code int4[]} of days since 1970-01-01. */
    Columns<T> day(Function<T, LocalDate> value) throws SQLException {
        return integer(row -> Math.toIntExact(value.apply(row).toEpochDay()));
    }

    /** An {@code int8[]} of microseconds since 1970. */
    Columns<T> micros(Function<T, @Nullable Instant> value) throws SQLException {
        return set("int8", rows.stream().map(value).map(Columns::micros).toArray(Long[]::new));
    }

    /** A {@code bytea[]}. */
    Columns<T> bytes(Function<T, byte[]> value) throws SQLException {
        return set("bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    static @Nullable String withoutNul(@Nullable String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
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
