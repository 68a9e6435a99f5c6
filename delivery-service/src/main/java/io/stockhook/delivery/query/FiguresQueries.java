package io.stockhook.delivery.query;

import io.stockhook.delivery.circuit.Circuits;
import io.stockhook.events.Ids;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the figures of a page of webhooks, in as many statements whatever their number. */
@Singleton
class FiguresQueries {

    /** How far back the last answer is looked for, in deliveries. */
    private static final int LATEST = 20;

    private static final Duration SUMMED_WITHIN = Duration.ofMillis(400);
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);
    private static final double TENTHS = 10;
    private static final int MICROS_PER_MILLI = 1_000;

    private static final String TOTALS = "select endpoint_id, %s from (%s) statistics group by endpoint_id";

    static final String LATEST_DELIVERIES = """
            select latest.*
            from unnest(?::uuid[]) as webhook (id)
                cross join lateral (
                    select endpoint_id, delivery_id, last_attempt_at, duration_us, response_code
                    from delivery
                    where tenant_id = ? and endpoint_id = webhook.id
                    order by delivery_id desc
                    limit %d
                ) latest
            order by latest.delivery_id desc""".formatted(LATEST);

    private static final String REQUESTS = """
            select endpoint_id, starts_at, sum(attempts) as attempts
            from statistics_hour
            where tenant_id = ? and endpoint_id = any (?) and starts_at >= ? and starts_at <= ?
            group by endpoint_id, starts_at""";

    private static final String SUMMARY = """
            select sum(deliveries) as deliveries, avg(rate) as rate
            from (
                select sum(deliveries) as deliveries,
                    100.0 * sum(successful) / nullif(sum(successful) + sum(failed), 0) as rate
                from (%s) statistics
                group by endpoint_id
            ) webhooks""";

    private final LogReader log;
    private final Circuits circuits;

    FiguresQueries(LogReader log, Circuits circuits) {
        this.log = log;
        this.circuits = circuits;
    }

    private record Latest(Instant triggered, @Nullable Long responseTime) {}

    private record Requests(long thisHour, long lastHour) {

        static final Requests NONE = new Requests(0, 0);
    }

    /** The figures of these webhooks of the tenant; zeros for those that it does not have. */
    FiguresView ofTenant(String tenantId, List<UUID> webhookIds, boolean isSummed) {
        Instant now = Instant.now();
        StatisticsPeriod always =
                new StatisticsPeriod(Instant.EPOCH, now.plus(CLOCK_SKEW).truncatedTo(ChronoUnit.HOURS), GroupBy.MONTH);
        return log.read(connection -> {
            Array ids = connection.createArrayOf("uuid", webhookIds.toArray());
            UUID tenant = Ids.uuid(Ids.Kind.TENANT, tenantId);
            Map<UUID, StatisticsTotals> totals = totals(connection, tenantId, ids, always);
            Map<UUID, Latest> latest = latest(connection, tenant, ids);
            Map<UUID, Requests> requests = requests(connection, tenant, ids, now.truncatedTo(ChronoUnit.HOURS));
            // Last, because a tenant may have more webhooks than can be summed up in time.
            FiguresView.Summary summary = isSummed
                    ? LogReader.within(connection, SUMMED_WITHIN, () -> summary(connection, tenantId, always))
                    : null;
            return new FiguresView(
                    webhookIds.stream()
                            .map(id -> figures(
                                    id,
                                    totals.getOrDefault(id, StatisticsTotals.NONE),
                                    latest.get(id),
                                    requests.getOrDefault(id, Requests.NONE)))
                            .toList(),
                    summary);
        });
    }

    private FiguresView.WebhookFigures figures(
            UUID id, StatisticsTotals totals, @Nullable Latest latest, Requests requests) {
        String webhookId = Ids.format(Ids.Kind.WEBHOOK, id);
        return new FiguresView.WebhookFigures(
                webhookId,
                totals.deliveries(),
                totals.successful(),
                totals.failed(),
                totals.pendingRetry(),
                totals.successRate(),
                totals.averageResponseTime(),
                latest == null ? null : latest.responseTime(),
                latest == null ? null : latest.triggered(),
                requests.thisHour(),
                requests.lastHour(),
                FiguresView.Circuit.of(circuits.of(webhookId)));
    }

    private static Map<UUID, StatisticsTotals> totals(
            Connection connection, String tenantId, Array ids, StatisticsPeriod period) throws SQLException {
        StatisticsParts parts =
                StatisticsParts.of(connection, tenantId, part -> part.and("endpoint_id = any (?)", ids), period);
        String rows = parts.rows("endpoint_id, " + StatisticsParts.COMMON, "statistics");
        try (PreparedStatement statement = connection.prepareStatement(TOTALS.formatted(StatisticsParts.SUMS, rows))) {
            parts.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                Map<UUID, StatisticsTotals> totals = new HashMap<>();
                while (row.next()) {
                    totals.put(row.getObject("endpoint_id", UUID.class), StatisticsParts.totals(row));
                }
                return totals;
            }
        }
    }

    private static Map<UUID, Latest> latest(Connection connection, UUID tenant, Array ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LATEST_DELIVERIES)) {
            statement.setArray(1, ids);
            statement.setObject(2, tenant);
            try (ResultSet row = statement.executeQuery()) {
                Map<UUID, Latest> latest = new HashMap<>();
                while (row.next()) {
                    Instant at = row.getObject("last_attempt_at", OffsetDateTime.class)
                            .toInstant();
                    boolean isAnswered = row.getObject("response_code", Integer.class) != null;
                    Long answer = isAnswered
                            ? Long.valueOf(Math.round((double) row.getInt("duration_us") / MICROS_PER_MILLI))
                            : null;
                    latest.merge(
                            row.getObject("endpoint_id", UUID.class),
                            new Latest(at, answer),
                            (newer, older) -> newer.responseTime() == null
                                    ? new Latest(newer.triggered(), older.responseTime())
                                    : newer);
                }
                return latest;
            }
        }
    }

    private static Map<UUID, Requests> requests(Connection connection, UUID tenant, Array ids, Instant hour)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REQUESTS)) {
            statement.setObject(1, tenant);
            statement.setArray(2, ids);
            statement.setObject(3, hour.minus(1, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC));
            statement.setObject(4, hour.atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                Map<UUID, Requests> requests = new HashMap<>();
                while (row.next()) {
                    long count = row.getLong("attempts");
                    boolean isThisHour = row.getObject("starts_at", OffsetDateTime.class)
                            .toInstant()
                            .equals(hour);
                    requests.merge(
                            row.getObject("endpoint_id", UUID.class),
                            isThisHour ? new Requests(count, 0) : new Requests(0, count),
                            (one, other) ->
                                    new Requests(one.thisHour() + other.thisHour(), one.lastHour() + other.lastHour()));
                }
                return requests;
            }
        }
    }

    private static FiguresView.Summary summary(Connection connection, String tenantId, StatisticsPeriod period)
            throws SQLException {
        StatisticsParts parts = StatisticsParts.of(connection, tenantId, part -> {}, period);
        String rows = parts.rows("endpoint_id, deliveries::bigint, successful::bigint, failed::bigint", "statistics");
        try (PreparedStatement statement = connection.prepareStatement(SUMMARY.formatted(rows))) {
            parts.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long deliveries = row.getLong("deliveries");
                double rate = row.getDouble("rate");
                return new FiguresView.Summary(deliveries, row.wasNull() ? null : Math.round(rate * TENTHS) / TENTHS);
            }
        }
    }
}
