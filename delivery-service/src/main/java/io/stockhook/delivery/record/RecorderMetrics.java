package io.stockhook.delivery.record;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Metrics of the recorder. */
@Singleton
class RecorderMetrics {

    /** Attempts written, those written again after a crash included. */
    static final String ATTEMPTS = "stockhook.recorder.attempts";
    /** Records that were set aside, on whatever topic they stood. */
    static final String SET_ASIDE = "stockhook.recorder.set.aside";
    /** The age of the oldest record that is being written, in seconds, by {@code channel}; 0 while there is nothing to write. */
    static final String LAG = "stockhook.recorder.lag.seconds";

    private static final String CHANNEL = "channel";
    private static final double MILLIS_PER_SECOND = 1000;

    private final MeterRegistry meters;
    private final Counter attempts;
    private final Counter setAside;

    RecorderMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.attempts = Counter.builder(ATTEMPTS)
                .description("Attempts written to the log")
                .register(meters);
        this.setAside = Counter.builder(SET_ASIDE)
                .description("Records without a place in the log, set aside with their bytes")
                .register(meters);
    }

    /** Shows how late a channel is. */
    void watch(String channel, Supplier<@Nullable Instant> oldestInWork) {
        Gauge.builder(LAG, oldestInWork, RecorderMetrics::age)
                .description("Age of the oldest record that is being written, in seconds")
                .tag(CHANNEL, channel)
                .strongReference(true)
                .register(meters);
    }

    void attemptsWritten(int count) {
        attempts.increment(count);
    }

    void setAside(int count) {
        setAside.increment(count);
    }

    private static double age(Supplier<@Nullable Instant> oldestInWork) {
        Instant oldest = oldestInWork.get();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, Instant.now()).toMillis() / MILLIS_PER_SECOND);
    }
}
