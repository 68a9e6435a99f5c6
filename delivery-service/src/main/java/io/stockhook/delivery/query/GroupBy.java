package io.stockhook.delivery.query;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** The buckets of a time series, all in UTC; weeks begin on Monday (ISO 8601). */
public enum GroupBy {
    /** Hours. */
    HOUR(24, "day"),
    /** Days. */
    DAY(30, "week"),
    /** Weeks from Monday. */
    WEEK(12, "month"),
    /** Calendar months. */
    MONTH(12, "month");

    private final int usualPoints;
    private final String coarser;

    GroupBy(int usualPoints, String coarser) {
        this.usualPoints = usualPoints;
        this.coarser = coarser;
    }

    /** How far back a series goes that has no start, in buckets. */
    int usualPoints() {
        return usualPoints;
    }

    /** The name of what to group by where there are too many buckets of this. */
    String coarser() {
        return coarser;
    }

    /** When the bucket began that an instant is in. */
    Instant floor(Instant instant) {
        ZonedDateTime day = instant.truncatedTo(ChronoUnit.DAYS).atZone(ZoneOffset.UTC);
        return switch (this) {
            case HOUR -> instant.truncatedTo(ChronoUnit.HOURS);
            case DAY -> day.toInstant();
            case WEEK ->
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toInstant();
            case MONTH -> day.withDayOfMonth(1).toInstant();
        };
    }

    /** The beginning of a bucket that is this many after the one that begins here; before it if negative. */
    Instant plus(Instant start, long buckets) {
        ZonedDateTime time = start.atZone(ZoneOffset.UTC);
        return switch (this) {
            case HOUR -> time.plusHours(buckets).toInstant();
            case DAY -> time.plusDays(buckets).toInstant();
            case WEEK -> time.plusWeeks(buckets).toInstant();
            case MONTH -> time.plusMonths(buckets).toInstant();
        };
    }

    /** How a bucket is named: by its beginning, a date, or a time if it is an hour. */
    String label(Instant start) {
        return this == HOUR
                ? start.toString()
                : LocalDate.ofInstant(start, ZoneOffset.UTC).toString();
    }
}
