package io.stockhook.delivery.query;

import io.stockhook.delivery.latency.LatencyHistogram;
import io.stockhook.delivery.query.StatisticsSegment.Table;
import io.stockhook.events.Ids;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the statistics of one tenant. */
@Singleton
class StatisticsQueries {

    private static final int MAX_ROWS = 100;

    private static final String LATENCY_SUMS = IntStream.rangeClosed(1, LatencyHistogram.BUCKETS)
            .mapToObj("sum(latency[%d])"::formatted)
            .collect(Collectors.joining(", "));

    private static final String SERIES = """
            select date_trunc('%s', starts_at, 'UTC') as bucket, sum(deliveries) as deliveries, sum(successful) as successful,
                sum(failed) as failed, sum(pending_retry) as pending_retry, sum(retries) as retries,
                sum(response_us) as response_us, min(fastest_us) as fastest_us, max(slowest_us) as slowest_us,
                array[%s] as latency
            from (%s) statistics
            group by bucket""";

    private static final String TYPES = """
            select event_type, sum(deliveries) as deliveries, sum(successful) as successful, sum(failed) as failed
            from (%s) statistics
            group by event_type
            having sum(deliveries) > 0
            order by deliveries desc, event_type
            limit\s""" + MAX_ROWS;

    private static final String ERRORS = """
            select error_class, sum(attempts) as attempts, sum(sum(attempts)) over () as all_attempts
            from (%s) errors
            group by error_class
            order by attempts desc, error_class
            limit\s""" + MAX_ROWS;

    // An endpoint's hour counts once, whatever it was posted of.
    private static final String UPTIME = """
            select sum(tried) as tried, sum(up) as up
            from (%s) endpoints""";

    private static final String UPTIME_BY_HOUR = """
            select (sum(attempts) > 0)::integer as tried, (sum(delivering) > 0)::integer as up
            from statistics_hour
            where %s
            group by endpoint_id, starts_at""";

    private static final String UPTIME_SUMMED_UP = """
            select bit_count(bit_or(hours_tried)) as tried, bit_count(bit_or(hours_up)) as up
            from statistics_%s
            where %s
            group by endpoint_id, starts_at""";

    private static final String PROGRESS = "select days_until, months_until from statistics_progress";

    /** What is read of each row where all tables are to look the same. */
    private static final String COMMON = """
            starts_at, event_type, deliveries::bigint, successful::bigint, failed::bigint, pending_retry::bigint,
                retries::bigint, response_us, fastest_us, slowest_us, latency::bigint[]""";

    private final LogReader log;

    StatisticsQueries(LogReader log) {
        this.log = log;
    }

    /** A query's conditions for each part of the period that is read from its own tables. */
    private record Parts(List<StatisticsSegment> segments, List<Conditions> conditions) {

        /** The parts under one another. */
        String union(Function<Integer, String> part) {
            return IntStream.range(0, segments.size()).mapToObj(part::apply).collect(Collectors.joining(" union all "));
        }

        String rows(String columns, String table) {
            return union(index -> "select %s from %s_%s where %s"
                    .formatted(columns, table, segments.get(index).table().suffix(), conditions.get(index)));
        }

        void bind(PreparedStatement statement) throws SQLException {
            int offset = 0;
            for (Conditions part : conditions) {
                offset = part.bind(statement, offset);
            }
        }
    }

    /** The statistics of this tenant, of these webhooks, or all if there are none, and an event type if given. */
    StatisticsView ofTenant(
            String tenantId, List<UUID> webhookIds, @Nullable String eventType, StatisticsPeriod period) {
        return log.read(connection -> {
            Parts parts = parts(connection, tenantId, webhookIds, eventType, period);
            Map<Instant, StatisticsTotals> series = series(connection, parts, period.groupBy());
            StatisticsTotals totals = series.values().stream().reduce(StatisticsTotals.NONE, StatisticsTotals::plus);
            return new StatisticsView(
                    webhookIds.size() == 1 ? Ids.format(Ids.Kind.WEBHOOK, webhookIds.get(0)) : null,
                    new StatisticsView.Period(period.from(), period.until()),
                    summary(totals, uptime(connection, parts)),
                    types(connection, parts),
                    period.buckets().stream()
                            .map(start -> point(
                                    period.groupBy().label(start), series.getOrDefault(start, StatisticsTotals.NONE)))
                            .toList(),
                    errors(connection, parts));
        });
    }

    private static Parts parts(
            Connection connection,
            String tenantId,
            List<UUID> webhookIds,
            @Nullable String eventType,
            StatisticsPeriod period)
            throws SQLException {
        List<StatisticsSegment> segments = segments(connection, period);
        List<Conditions> conditions = new ArrayList<>();
        for (StatisticsSegment segment : segments) {
            Conditions part = new Conditions(tenantId)
                    .and("starts_at >= ?", segment.from().atOffset(ZoneOffset.UTC))
                    .and("starts_at < ?", segment.until().atOffset(ZoneOffset.UTC));
            if (webhookIds.size() == 1) {
                part.and("endpoint_id = ?", webhookIds.get(0));
            } else if (!webhookIds.isEmpty()) {
                String places = String.join(", ", Collections.nCopies(webhookIds.size(), "?"));
                part.and("endpoint_id in (" + places + ")", webhookIds.toArray());
            }
            if (eventType != null) {
                part.and("event_type = ?", eventType);
            }
            conditions.add(part);
        }
        return new Parts(segments, conditions);
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

    private static Map<Instant, StatisticsTotals> series(Connection connection, Parts parts, GroupBy groupBy)
            throws SQLException {
        String sql = SERIES.formatted(
                groupBy.name().toLowerCase(Locale.ROOT), LATENCY_SUMS, parts.rows(COMMON, "statistics"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parts.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                Map<Instant, StatisticsTotals> series = new HashMap<>();
                while (row.next()) {
                    series.put(row.getObject("bucket", OffsetDateTime.class).toInstant(), totals(row));
                }
                return series;
            }
        }
    }

    private static StatisticsTotals totals(ResultSet row) throws SQLException {
        Number[] latency = (Number[]) row.getArray("latency").getArray();
        List<Long> counts = new ArrayList<>();
        for (Number count : latency) {
            counts.add(count.longValue());
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

    private static List<StatisticsView.EventType> types(Connection connection, Parts parts) throws SQLException {
        String sql = TYPES.formatted(parts.rows("event_type, deliveries, successful, failed", "statistics"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parts.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                List<StatisticsView.EventType> types = new ArrayList<>();
                while (row.next()) {
                    long successful = row.getLong("successful");
                    types.add(new StatisticsView.EventType(
                            row.getString("event_type"),
                            row.getLong("deliveries"),
                            StatisticsTotals.percentage(successful, successful + row.getLong("failed"))));
                }
                return types;
            }
        }
    }

    private static List<StatisticsView.ErrorShare> errors(Connection connection, Parts parts) throws SQLException {
        String sql = ERRORS.formatted(parts.rows("error_class, attempts", "error"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parts.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                List<StatisticsView.ErrorShare> errors = new ArrayList<>();
                while (row.next()) {
                    long count = row.getLong("attempts");
                    Double percentage = StatisticsTotals.percentage(count, row.getLong("all_attempts"));
                    errors.add(new StatisticsView.ErrorShare(
                            row.getString("error_class"), count, percentage == null ? 0 : percentage));
                }
                return errors;
            }
        }
    }

    private static @Nullable Double uptime(Connection connection, Parts parts) throws SQLException {
        String sql = UPTIME.formatted(parts.union(index -> {
            Table table = parts.segments().get(index).table();
            Conditions conditions = parts.conditions().get(index);
            return "("
                    + (table == Table.HOUR
                            ? UPTIME_BY_HOUR.formatted(conditions)
                            : UPTIME_SUMMED_UP.formatted(table.suffix(), conditions))
                    + ")";
        }));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parts.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return StatisticsTotals.percentage(row.getLong("up"), row.getLong("tried"));
            }
        }
    }

    private static StatisticsView.Summary summary(StatisticsTotals totals, @Nullable Double uptime) {
        return new StatisticsView.Summary(
                totals.deliveries(),
                totals.successful(),
                totals.failed(),
                totals.pendingRetry(),
                totals.retries(),
                totals.successRate(),
                totals.averageResponseTime(),
                totals.percentile(0.5),
                totals.percentile(0.95),
                totals.percentile(0.99),
                uptime);
    }

    private static StatisticsView.Point point(String label, StatisticsTotals totals) {
        return new StatisticsView.Point(
                label,
                totals.deliveries(),
                totals.successful(),
                totals.failed(),
                totals.pendingRetry(),
                totals.averageResponseTime());
    }
}
