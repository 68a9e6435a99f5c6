package io.stockhook.events;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time as precisely as PostgreSQL keeps it and the APIs show it: to the microsecond. */
public final class MicroClock {

    private MicroClock() {}

    /** Now, cut off to the microsecond. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
