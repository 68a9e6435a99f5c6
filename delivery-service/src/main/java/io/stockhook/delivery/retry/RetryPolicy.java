package io.stockhook.delivery.retry;

import io.stockhook.events.EndpointRegistration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often and when a failed delivery is tried again.
 *
 * @param delays before the first, second, ... retry; as many retries as there are entries
 * @param jitter by how much a delay is spread either way, as a share of it, 0 to 1
 * @param maxRetryAfter the longest wait that a {@code Retry-After} is granted
 */
public record RetryPolicy(List<Duration> delays, double jitter, Duration maxRetryAfter) {

    private static final Duration DEFAULT_MAX_DELAY = Duration.ofDays(1);

    /** The endpoint's own policy if it has one, else the platform's. */
    public static RetryPolicy of(EndpointRegistration.@Nullable RetryConfig own, RetryPolicy platform) {
        if (own == null) {
            return platform;
        }
        long longestMs = own.maxDelayMs() == null ? DEFAULT_MAX_DELAY.toMillis() : own.maxDelayMs();
        List<Duration> delays = new ArrayList<>(own.maxRetries());
        double delayMs = own.retryDelayMs();
        for (int retry = 0; retry < own.maxRetries(); retry++) {
            delays.add(Duration.ofMillis((long) Math.min(delayMs, longestMs)));
            delayMs = Math.min(delayMs * own.backoffMultiplier(), longestMs);
        }
        return new RetryPolicy(delays, platform.jitter, platform.maxRetryAfter);
    }
}
