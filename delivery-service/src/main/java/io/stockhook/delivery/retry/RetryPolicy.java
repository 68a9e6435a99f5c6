package io.stockhook.delivery.retry;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.RetryConditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often and when a failed delivery is tried again.
 *
 * @param delays before the first, second, ... retry; as many retries as there are entries
 * @param jitter by how much a delay is spread either way, as a share of it, 0 to 1
 * @param maxRetryAfter the longest wait that a {@code Retry-After} is granted; zero if it is not asked
 * @param retryOn the failures that are tried again, see {@link RetryConditions}; null for all of them
 * @param maxDuration how long after a run's first attempt a retry may be due; null for any time
 */
public record RetryPolicy(
        List<Duration> delays,
        double jitter,
        Duration maxRetryAfter,
        @Nullable List<String> retryOn,
        @Nullable Duration maxDuration) {

    private static final Duration DEFAULT_MAX_DELAY = Duration.ofDays(1);
    private static final Duration LONGEST_DELAY = Duration.ofDays(365);
    private static final int MOST_RETRIES = 50;

    /** A policy that retries whatever failed, for as long as its delays last. */
    public RetryPolicy(List<Duration> delays, double jitter, Duration maxRetryAfter) {
        this(delays, jitter, maxRetryAfter, null, null);
    }

    /**
     * The endpoint's own policy, with the platform's where it has none. What is out of range is brought into it: a registration that the
     * control plane should not have let pass must not stop its deliveries.
     */
    public static RetryPolicy of(EndpointRegistration.@Nullable RetryConfig own, RetryPolicy platform) {
        if (own == null) {
            return platform;
        }
        return new RetryPolicy(
                delays(own, platform),
                own.jitter() == null || own.jitter().isNaN() ? platform.jitter : Math.max(0, Math.min(1, own.jitter())),
                Boolean.FALSE.equals(own.respectRetryAfter()) ? Duration.ZERO : platform.maxRetryAfter,
                own.retryOn() == null ? platform.retryOn : own.retryOn(),
                own.maxDurationMs() == null ? platform.maxDuration : bounded(own.maxDurationMs()));
    }

    /** Whether a failure of the endpoint's is one that is tried again. */
    boolean isRetried(String errorClass) {
        return retryOn == null || RetryConditions.cover(retryOn, errorClass);
    }

    private static List<Duration> delays(EndpointRegistration.RetryConfig own, RetryPolicy platform) {
        if (own.scheduleMs() != null) {
            return own.scheduleMs().stream()
                    .limit(MOST_RETRIES)
                    .map(RetryPolicy::bounded)
                    .toList();
        }
        return own.maxRetries() == null ? platform.delays : growing(own.maxRetries(), own);
    }

    private static List<Duration> growing(int maxRetries, EndpointRegistration.RetryConfig own) {
        long longestMs = own.maxDelayMs() == null
                ? DEFAULT_MAX_DELAY.toMillis()
                : bounded(own.maxDelayMs()).toMillis();
        double multiplier = own.backoffMultiplier() == null ? 1 : own.backoffMultiplier();
        int retries = Math.min(maxRetries, MOST_RETRIES);
        List<Duration> delays = new ArrayList<>();
        double delayMs = own.retryDelayMs() == null ? 0 : own.retryDelayMs();
        for (int retry = 0; retry < retries; retry++) {
            delayMs = Math.max(0, Math.min(delayMs, longestMs));
            delays.add(Duration.ofMillis((long) delayMs));
            delayMs *= multiplier;
        }
        return delays;
    }

    private static Duration bounded(@Nullable Long millis) {
        return Duration.ofMillis(millis == null ? 0 : Math.max(0, Math.min(millis, LONGEST_DELAY.toMillis())));
    }
}
