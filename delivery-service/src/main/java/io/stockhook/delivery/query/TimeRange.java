package io.stockhook.delivery.query;

import io.stockhook.web.json.Rfc3339;
import io.stockhook.web.problem.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of the log by time, to the millisecond.
 *
 * @param from included; null for as long as the log goes back
 * @param until not included; null for no end
 */
record TimeRange(@Nullable Instant from, @Nullable Instant until) {

    private static final String START = "start_date";
    private static final String END = "end_date";
    private static final int MILLIS_SHIFT = 16;
    /** The end of the year 9999: what a date as the end may reach. */
    private static final Instant LATEST =
            LocalDate.of(10_000, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();

    /**
     * The range that two query parameters name, each an RFC 3339 time or a date. A date as the end includes that day.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the parameter that is neither
     */
    static TimeRange parse(@Nullable String start, @Nullable String end) {
        Instant from = start == null ? null : instant(START, start, 0);
        Instant until = end == null ? null : instant(END, end, 1);
        if (from != null && until != null && until.isBefore(from)) {
            throw Problems.badField(END, "Must not be before start_date.");
        }
        return new TimeRange(from, until);
    }

    /** The smallest UUID version 7 of a millisecond: identifiers made before it are lower, those made in it or later are not. */
    static UUID floor(Instant instant) {
        return new UUID(instant.toEpochMilli() << MILLIS_SHIFT, 0);
    }

    private static Instant instant(String parameter, String text, int daysAfterDate) {
        try {
            Instant instant = text.indexOf('T') < 0 && text.indexOf('t') < 0
                    ? LocalDate.parse(text)
                            .plusDays(daysAfterDate)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : Rfc3339.parse(text);
            if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
                throw new DateTimeException("not in the years 1970 to 9999");
            }
            return instant;
        } catch (DateTimeException e) {
            throw Problems.badField(
                    parameter,
                    "Must be an RFC 3339 time (2026-01-31T12:00:00Z) or a date (2026-01-31) from 1970 to 9999.");
        }
    }
}
