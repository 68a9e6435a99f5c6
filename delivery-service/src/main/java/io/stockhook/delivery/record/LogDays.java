package io.stockhook.delivery.record;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The days that the log holds, both included. Days are those of UTC.
 *
 * @param first the oldest day that is kept
 * @param last the furthest day ahead that is taken
 */
record LogDays(LocalDate first, LocalDate last) {

    static LogDays at(Instant now, Duration retention, Duration horizon) {
        LocalDate today = of(now);
        return new LogDays(today.minusDays(retention.toDays()), today.plusDays(horizon.toDays()));
    }

    /** The day that an instant belongs to. */
    static LocalDate of(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
