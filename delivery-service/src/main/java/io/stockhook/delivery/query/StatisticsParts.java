package io.stockhook.delivery.query;

import io.stockhook.delivery.latency.LatencyHistogram;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A query of statistics over the tables that its period is read from, with its conditions for each of them.
 *
 * @param segments the parts of the period
 * @param conditions of each part
 */
record StatisticsParts(List<StatisticsSegment> segments, List<Conditions> conditions) {

    /** What is read of each row where all tables are to look the same. */
    static final String COMMON = """
            starts_at, event_type, deliveries::bigint, successful::bigint, failed::bigint, pending_retry::bigint,
                retries::bigint, response_us, fastest_us, slowest_us, latency::bigint[]""";

    /** The columns that {@link #totals} reads, of such rows added up. */
    static final String SUMS = """
            sum(deliveries) as deliveries, sum(successful) as successful, sum(failed) as failed,
                sum(pending_retry) as pending_retry, sum(retries) as retries, sum(response_us) as response_us,
                min(fastest_us) as fastest_us, max(slowest_us) as slowest_us, array[%s] as latency""".formatted(IntStream.rangeClosed(1, LatencyHistogram.BUCKETS)
            .mapToObj("sum(latency[%d])"::formatted)
            .collect(Collectors.joining(", ")));

    private static final String PROGRESS = "select days_until, months_until from statistics_progress";

    /**
     * The parts of a period.
     *
     * @param more adds to the conditions of a part, which have the tenant and the time already
     */
    static StatisticsParts of(
            Connection connection, String tenantId, Consumer<Conditions> more, StatisticsPeriod period)
            throws SQLException {
        List<StatisticsSegment> segments = segments(connection, period);
        List<Conditions> conditions = new ArrayList<>();
        for (StatisticsSegment segment : segments) {
            Conditions part = new Conditions(tenantId)
                    .and("starts_at >= ?", segment.from().atOffset(ZoneOffset.UTC))
                    .and("starts_at < ?", segment.until().atOffset(ZoneOffset.UTC));
            more.accept(part);
            conditions.add(part);
        }
        return new StatisticsParts(segments, conditions);
    }

    private static List<StatisticsSegment> segments(Connection connection, StatisticsPeriod period)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PROGRESS);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? StatisticsSegment.of(period, startOf(row, "days_until"), startOf(row, "months_until"))
                    : StatisticsSegment.of(period, Instant.EPOCH, Instant.EPOCH);
        }
    }

    private static Instant startOf(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    /** Whether the period is empty. */
    boolean isEmpty() {
        return segments.isEmpty();
    }

    /** The parts under one another. */
    String union(Function<Integer, String> part) {
        return IntStream.range(0, segments.size()).mapToObj(part::apply).collect(Collectors.joining(" union all "));
    }

    /** These columns of all parts. */
    String rows(String columns, String table) {
        return union(index -> "select %s from %s_%s where %s"
                .formatted(columns, table, segments.get(index).table().suffix(), conditions.get(index)));
    }

    /** Sets the parameters of all parts in their order. */
    void bind(PreparedStatement statement) throws SQLException {
        int offset = 0;
        for (Conditions part : conditions) {
            offset = part.bind(statement, offset);
        }
    }

    /** The row that {@link #SUMS} gives; zeros where there is nothing to add up. */
    static StatisticsTotals totals(ResultSet row) throws SQLException {
        Number[] latency = (Number[]) row.getArray("latency").getArray();
        List<Long> counts = new ArrayList<>();
        for (Number count : latency) {
            counts.add(count == null ? 0 : count.longValue());
        }
        return new StatisticsTotals(
                row.getLong("deliveries"),
                row.getLong("successful"),
                row.getLong("failed"),
                row.getLong("pending_retry"),
                row.getLong("retries"),
                row.getLong("response_us"),
                row.getLong("fastest_us"),
                row.getLong("slowest_us"),
                counts);
    }
}
