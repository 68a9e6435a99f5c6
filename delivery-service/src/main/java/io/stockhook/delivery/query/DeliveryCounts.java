package io.stockhook.delivery.query;

import io.stockhook.delivery.eventtype.EventTypeFeed;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says how many deliveries a list has. They are counted along the index that serves the list, which costs what is counted; so past a bound,
 * or if it takes too long, the statistics say it, as far as they tell such deliveries from others.
 */
@Singleton
class DeliveryCounts {

    /** Up to which number a total is exact. */
    static final int EXACT_UP_TO = 10_000;

    private static final Duration COUNTED_WITHIN = Duration.ofMillis(250);
    /** Events may be stamped by a clock that is ahead. */
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    /** The first day that the log has: its oldest partition. */
    private static final String LOG_BEGINS = """
            select to_date(min(right(child.relname, 8)), 'YYYYMMDD') as first_day
            from pg_inherits
                join pg_class child on child.oid = inhrelid
            where inhparent = 'delivery'::regclass""";

    private final LogReader log;
    private final EventTypeFeed types;

    DeliveryCounts(LogReader log, EventTypeFeed types) {
        this.log = log;
        this.types = types;
    }

    /**
     * What was counted.
     *
     * @param total of the list; null where that would not be cheap to know
     * @param totals of its webhook, event type and time, whatever the status, by whole hours
     */
    record Counted(@Nullable Long total, StatisticsTotals totals) {}

    /**
     * Counts the deliveries of a list.
     *
     * @param status null for any
     */
    Counted ofTenant(String tenantId, DeliveryFilter filter, @Nullable StatusFilter status) {
        Conditions conditions = filter.conditions(tenantId, types.names());
        if (status != null) {
            conditions.and(status.condition());
        }
        UUID webhookId = filter.webhookId() == null ? null : FilterValues.webhookId(filter.webhookId());
        TimeRange range = TimeRange.parse(filter.startDate(), filter.endDate());
        return log.read(connection -> {
            StatisticsPeriod period = period(range, logBegins(connection), Instant.now());
            StatisticsTotals totals = StatisticsQueries.totalsOfTenant(
                    connection,
                    tenantId,
                    webhookId == null ? List.of() : List.of(webhookId),
                    filter.canonicalType(types.names()),
                    period);
            Long counted = LogReader.within(connection, COUNTED_WITHIN, () -> count(connection, conditions));
            return counted != null && counted <= EXACT_UP_TO
                    ? new Counted(counted, totals)
                    : new Counted(estimate(totals, filter, status), totals);
        });
    }

    /** The statement that counts; one more than is exact means that there are more. */
    static String count(Conditions conditions) {
        return "select count(*) from (select 1 from delivery where " + conditions + " order by delivery_id desc limit "
                + (EXACT_UP_TO + 1) + ") counted";
    }

    private static long count(Connection connection, Conditions conditions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(count(conditions))) {
            conditions.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static @Nullable Long estimate(
            StatisticsTotals totals, DeliveryFilter filter, @Nullable StatusFilter status) {
        if (filter.responseClass() != null) {
            return null;
        }
        return status == null ? Long.valueOf(totals.deliveries()) : status.countIn(totals);
    }

    /** The whole hours of the range that the log has. */
    private static StatisticsPeriod period(TimeRange range, Instant logBegins, Instant now) {
        Instant from = range.from() == null || range.from().isBefore(logBegins)
                ? logBegins
                : range.from().truncatedTo(ChronoUnit.HOURS);
        Instant end = range.until() == null ? now.plus(CLOCK_SKEW) : range.until();
        Instant hour = end.truncatedTo(ChronoUnit.HOURS);
        Instant until = hour.equals(end) ? hour : hour.plus(1, ChronoUnit.HOURS);
        return new StatisticsPeriod(from, until.isBefore(from) ? from : until, GroupBy.MONTH);
    }

    private static Instant logBegins(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOG_BEGINS);
                ResultSet row = statement.executeQuery()) {
            LocalDate first = row.next() ? row.getObject("first_day", LocalDate.class) : null;
            return first == null
                    ? Instant.now().truncatedTo(ChronoUnit.HOURS)
                    : first.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }
}
