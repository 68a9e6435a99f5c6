package io.stockhook.web.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** What is left to each caller of its limit. One that has not been heard of for a window has all of it. Thread-safe. */
final class CallerBudgets {

    /** Past so many callers in a window the least heard of are forgotten, which lets them have their whole limit again. */
    private static final int MAX_CALLERS = 50_000;

    private final Cache<String, Bucket> buckets;
    private final int limit;
    private final Duration window;
    private final TimeMeter clock;

    /**
     * What came of a request.
     *
     * @param isWithin whether it is within the limit
     * @param left requests that may follow it at once
     * @param full until when nothing of the limit will be used, if none follows
     * @param next until when there is room for a request; zero if it was within the limit
     */
    record Taken(boolean isWithin, long left, Duration full, Duration next) {}

    CallerBudgets(int limit, Duration window, TimeMeter clock) {
        this.limit = limit;
        this.window = window;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CALLERS)
                .expireAfterAccess(window)
                .build();
    }

    /** Takes a request of this caller's. */
    Taken take(String caller) {
        ConsumptionProbe probe = buckets.get(caller, unused -> bucket()).tryConsumeAndReturnRemaining(1);
        return new Taken(
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForReset()),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket() {
        return Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, window))
                .build();
    }
}
