package io.stockhook.delivery.query;

import io.stockhook.delivery.query.StatisticsSegment.Table;
import io.stockhook.events.Ids;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the statistics of one tenant. */
@Singleton
class StatisticsQueries {

    private static final int MAX_ROWS = 100;

    private static final String SERIES = """
            select date_trunc('%s', starts_at, 'UTC') as bucket, %s
            from (%s) statistics
            group by bucket""";

    private static final String TOTALS = "select %s from (%s) statistics";

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

    private final LogReader log;

    StatisticsQueries(LogReader log) {
        this.log = log;
    }

    /** The statistics of this tenant, of these webhooks, or all if there are none, and an event type if given. */
    StatisticsView ofTenant(
            String tenantId, List<UUID> webhookIds, @Nullable String eventType, StatisticsPeriod period) {
        return log.read(connection -> {
            StatisticsParts parts = StatisticsParts.of(connection, tenantId, conditions(webhookIds, eventType), period);
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

    /** All that was counted of this tenant in the period, of these webhooks, or all if there are none, and an event type if given; within the caller's transaction. */
    static StatisticsTotals totalsOfTenant(
            Connection connection,
            String tenantId,
            List<UUID> webhookIds,
            @Nullable String eventType,
            StatisticsPeriod period)
            throws SQLException {
        StatisticsParts parts = StatisticsParts.of(connection, tenantId, conditions(webhookIds, eventType), period);
        if (parts.isEmpty()) {
            return StatisticsTotals.NONE;
        }
        String sql = TOTALS.formatted(StatisticsParts.SUMS, parts.rows(StatisticsParts.COMMON, "statistics"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parts.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return StatisticsParts.totals(row);
            }
        }
    }

    private static Consumer<Conditions> conditions(List<UUID> webhookIds, @Nullable String eventType) {
        return part -> {
            if (webhookIds.size() == 1) {
                part.and("endpoint_id = ?", webhookIds.get(0));
            } else if (!webhookIds.isEmpty()) {
                String places = String.join(", ", Collections.nCopies(webhookIds.size(), "?"));
                part.and("endpoint_id in (" + places + ")", webhookIds.toArray());
            }
            if (eventType != null) {
                part.and("event_type = ?", eventType);
            }
        };
    }

    private static Map<Instant, StatisticsTotals> series(Connection connection, StatisticsParts parts, GroupBy groupBy)
            throws SQLException {
        String sql = SERIES.formatted(
                groupBy.name().toLowerCase(Locale.ROOT),
                StatisticsParts.SUMS,
                parts.rows(StatisticsParts.COMMON, "statistics"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parts.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                Map<Instant, StatisticsTotals> series = new HashMap<>();
                while (row.next()) {
                    series.put(row.getObject("bucket", OffsetDateTime.class).toInstant(), StatisticsParts.totals(row));
                }
                return series;
            }
        }
    }

    private static List<StatisticsView.EventType> types(Connection connection, StatisticsParts parts)
            throws SQLException {
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

    private static List<StatisticsView.ErrorShare> errors(Connection connection, StatisticsParts parts)
            throws SQLException {
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

    private static @Nullable Double uptime(Connection connection, StatisticsParts parts) throws SQLException {
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
