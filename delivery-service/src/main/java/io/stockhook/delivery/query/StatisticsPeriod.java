package io.stockhook.delivery.query;

import io.stockhook.web.problem.Problems;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What statistics are asked for: whole hours, since nothing is counted more finely, and the buckets of their series.
 *
 * @param from included, the beginning of an hour
 * @param until not included, the beginning of an hour
 */
record StatisticsPeriod(Instant from, Instant until, GroupBy groupBy) {

    /** How many points a series has at the most. */
    static final int MAX_POINTS = 750;

    /**
     * The period that the parameters name: the hour of the start to the hour of the end, both included. Without an end it is now,
     * without a start as many buckets before the end as {@link GroupBy#usualPoints()}.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the parameter that does not fit, also if there were too many
     *     points
     */
    static StatisticsPeriod parse(@Nullable String start, @Nullable String end, GroupBy groupBy, Instant now) {
        TimeRange range = TimeRange.parse(start, end);
        Instant until = hourAfter(range.until() == null ? now : range.until());
        Instant from = range.from() == null
                ? groupBy.plus(groupBy.floor(until.minusNanos(1)), 1L - groupBy.usualPoints())
                : range.from().truncatedTo(ChronoUnit.HOURS);
        if (!from.isBefore(until)) {
            throw Problems.badField("end_date", "Must be after start_date.");
        }
        if (groupBy.plus(groupBy.floor(from), MAX_POINTS).isBefore(until)) {
            throw Problems.badField(
                    "group_by",
                    "More than %d points; group by %s, or ask for a shorter time."
                            .formatted(MAX_POINTS, groupBy.coarser()));
        }
        return new StatisticsPeriod(from, until, groupBy);
    }

    /** The beginnings of the series' buckets, the earliest first; at most {@link #MAX_POINTS}. */
    List<Instant> buckets() {
        List<Instant> starts = new ArrayList<>();
        for (Instant start = groupBy.floor(from); start.isBefore(until); start = groupBy.plus(start, 1)) {
            starts.add(start);
        }
        return starts;
    }

    private static Instant hourAfter(Instant instant) {
        Instant hour = instant.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(instant) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }
}
