package io.stockhook.delivery.record;

import io.stockhook.delivery.latency.LatencyHistogram;
import io.stockhook.delivery.record.Statistics.Counts;
import io.stockhook.delivery.record.Statistics.ErrorKey;
import io.stockhook.delivery.record.Statistics.Key;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map.Entry;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statistics by the hour, to which the recorder adds. */
final class StatisticsTables {

    private static final String ADD = """
            insert into statistics_hour as present (tenant_id, starts_at, endpoint_id, event_type, deliveries, successful,
                failed, pending_retry, attempts, retries, delivering, response_us, fastest_us, slowest_us, latency)
            select tenant_id, timestamptz 'epoch' + starts_at * interval '1 microsecond', endpoint_id, event_type, deliveries,
                successful, failed, pending_retry, attempts, retries, delivering, response_us,
                case when slowest_us >= 0 then fastest_us end, case when slowest_us >= 0 then slowest_us end,
                all_latencies[(place - 1) * :buckets + 1 : place * :buckets]
            from (select ?::int[] as all_latencies) latencies,
                unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[],
                    ?::int[], ?::int[], ?::bigint[], ?::int[], ?::int[]) with ordinality
                as rows (tenant_id, starts_at, endpoint_id, event_type, deliveries, successful, failed, pending_retry, attempts,
                    retries, delivering, response_us, fastest_us, slowest_us, place)
            order by place
            on conflict (tenant_id, starts_at, endpoint_id, event_type) do update set
                deliveries = present.deliveries + excluded.deliveries,
                successful = present.successful + excluded.successful,
                failed = present.failed + excluded.failed,
                pending_retry = present.pending_retry + excluded.pending_retry,
                attempts = present.attempts + excluded.attempts,
                retries = present.retries + excluded.retries,
                delivering = present.delivering + excluded.delivering,
                response_us = present.response_us + excluded.response_us,
                fastest_us = least(present.fastest_us, excluded.fastest_us),
                slowest_us = greatest(present.slowest_us, excluded.slowest_us),
                latency = array[:sums]""".replace(":buckets", Integer.toString(LatencyHistogram.BUCKETS)).replace(
            ":sums",
            IntStream.rangeClosed(1, LatencyHistogram.BUCKETS)
                    .mapToObj("present.latency[%1$d] + excluded.latency[%1$d]"::formatted)
                    .collect(Collectors.joining(", ")));

    private static final String ADD_ERRORS = """
            insert into error_hour as present (tenant_id, starts_at, endpoint_id, event_type, error_class, attempts)
            select tenant_id, timestamptz 'epoch' + starts_at * interval '1 microsecond', endpoint_id, event_type, error_class,
                attempts
            from unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::int[])
                as rows (tenant_id, starts_at, endpoint_id, event_type, error_class, attempts)
            on conflict (tenant_id, starts_at, endpoint_id, event_type, error_class)
                do update set attempts = present.attempts + excluded.attempts""";

    private static final String NOTE_LATE = """
            insert into statistics_late (day, endpoint_id)
            select date 'epoch' + day, endpoint_id from unnest(?::int[], ?::uuid[]) as rows (day, endpoint_id)""";

    /** From when on after its end a day may be summed up by {@link StatisticsRollup}, less what a transaction may take. */
    private static final Duration LATE_AFTER = StatisticsRollup.GRACE.dividedBy(2);

    private record Late(LocalDate day, UUID endpointId) {}

    private StatisticsTables() {}

    /** Adds what a batch has changed, within the connection's transaction. */
    static void add(Connection connection, Statistics statistics, Instant now) throws SQLException {
        if (!statistics.counts().isEmpty()) {
            addCounts(connection, statistics.counts().entrySet());
            noteLate(connection, statistics.counts().keySet(), now);
        }
        if (!statistics.errors().isEmpty()) {
            addErrors(connection, statistics.errors().entrySet());
        }
    }

    private static void addCounts(Connection connection, Collection<Entry<Key, Counts>> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            new Columns<>(statement, rows)
                    .integers(row -> row.getValue().latency)
                    .uuid(row -> row.getKey().tenantId())
                    .micros(row -> row.getKey().startsAt())
                    .uuid(row -> row.getKey().endpointId())
                    .text(row -> row.getKey().eventType())
                    .integer(row -> row.getValue().deliveries)
                    .integer(row -> row.getValue().successful)
                    .integer(row -> row.getValue().failed)
                    .integer(row -> row.getValue().pendingRetry)
                    .integer(row -> row.getValue().attempts)
                    .integer(row -> row.getValue().retries)
                    .integer(row -> row.getValue().delivering)
                    .number(row -> row.getValue().responseMicros)
                    .integer(row -> row.getValue().fastestMicros)
                    .integer(row -> row.getValue().slowestMicros);
            statement.executeUpdate();
        }
    }

    private static void addErrors(Connection connection, Collection<Entry<ErrorKey, Integer>> rows)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD_ERRORS)) {
            new Columns<>(statement, rows)
                    .uuid(row -> row.getKey().key().tenantId())
                    .micros(row -> row.getKey().key().startsAt())
                    .uuid(row -> row.getKey().key().endpointId())
                    .text(row -> row.getKey().key().eventType())
                    .text(row -> row.getKey().errorClass())
                    .integer(Entry::getValue);
            statement.executeUpdate();
        }
    }

    private static void noteLate(Connection connection, Collection<Key> keys, Instant now) throws SQLException {
        LocalDate firstInTime = LocalDate.ofInstant(now.minus(LATE_AFTER), ZoneOffset.UTC);
        Collection<Late> late = new TreeSet<>(Comparator.comparing(Late::day).thenComparing(Late::endpointId));
        for (Key key : keys) {
            LocalDate day = LogDays.of(key.startsAt());
            if (day.isBefore(firstInTime)) {
                late.add(new Late(day, key.endpointId()));
            }
        }
        if (late.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(NOTE_LATE)) {
            new Columns<>(statement, late).day(Late::day).uuid(Late::endpointId);
            statement.executeUpdate();
        }
    }
}
