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
    private static final Duration LONGEST_DELAY = Duration.ofDays(365);
    private static final int MOST_RETRIES = 50;

    /**
     * The endpoint's own policy if it has one, else the platform's. What is out of range is brought into it: a registration that the
     * control plane should not have let pass must not stop its deliveries.
     */
    public static RetryPolicy of(EndpointRegistration.@Nullable RetryConfig own, RetryPolicy platform) {
        if (own == null) {
            return platform;
        }
        long longestMs = own.maxDelayMs() == null
                ? DEFAULT_MAX_DELAY.toMillis()
                : Math.min(own.maxDelayMs(), LONGEST_DELAY.toMillis());
        int retries = Math.min(own.maxRetries(), MOST_RETRIES);
        List<Duration> delays = new ArrayList<>();
        double delayMs = own.retryDelayMs();
        for (int retry = 0; retry < retries; retry++) {
            delayMs = Math.max(0, Math.min(delayMs, longestMs));
            delays.add(Duration.ofMillis((long) delayMs));
            delayMs *= own.backoffMultiplier();
        }
        return new RetryPolicy(delays, platform.jitter, platform.maxRetryAfter);
    }
}
