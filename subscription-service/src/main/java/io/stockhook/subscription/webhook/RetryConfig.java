package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointRegistration;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A webhook's own retry policy, in a request and as it is shown. Its delays grow if one of the first four is given, are listed if
 * {@code schedule} is, and are the platform's otherwise.
 *
 * @param maxRetries how many retries follow the first attempt; null for 5, if the delays grow
 * @param retryDelay before the first retry, in milliseconds; null for 5000, if the delays grow
 * @param backoffMultiplier by which each further delay grows; null for 2, if the delays grow
 * @param maxDelay the longest of the delays that grow, in milliseconds; null for a day
 * @param schedule the delays before the first, second, ... retry, in milliseconds; null for no list
 * @param jitter by how much a delay is spread either way, as a share of it; null for the platform's share
 * @param retryOn the failures that are tried again; null for all of them
 * @param respectRetryAfter whether {@code Retry-After} is honoured; null for true
 * @param maxDuration how long after the first attempt a retry may be due, in milliseconds; null for any time
 */
@Schema(
        name = "RetryConfig",
        description =
                "What follows a failed attempt. Either the delays grow: the first retry comes after `retry_delay`,"
                        + " each further one after `backoff_multiplier` times the delay before it, none after more than"
                        + " `max_delay`. Or they are listed in `schedule`. With neither they are those of the platform's default"
                        + " schedule. A 410 is never tried again.")
public record RetryConfig(
        @Schema(
                description = "How many retries follow the first attempt, if the delays grow.",
                defaultValue = "5",
                examples = "3")
        @Min(0)
        @Max(MAX_RETRIES)
        @Nullable
        Integer maxRetries,

        @Schema(
                description = "Before the first retry, in milliseconds, if the delays grow.",
                defaultValue = "5000",
                examples = "5000")
        @Min(0)
        @Max(DAY_MS)
        @Nullable
        Long retryDelay,

        @Schema(
                description = "By which each further delay grows, if the delays grow.",
                defaultValue = "2",
                examples = "2")
        @DecimalMin("1")
        @DecimalMax("10")
        @Nullable
        Double backoffMultiplier,

        @Schema(
                description = "The longest delay, in milliseconds, if the delays grow.",
                defaultValue = "86400000",
                examples = "3600000")
        @Min(1)
        @Max(MAX_DELAY_MS)
        @Nullable
        Long maxDelay,

        @Schema(
                description = "The delays before the first, second, ... retry, in milliseconds; as many retries as"
                        + " entries. Excludes `max_retries`, `retry_delay`, `backoff_multiplier` and `max_delay`.",
                examples = "[0, 60000, 900000, 7200000]")
        @Size(min = 1, max = MAX_RETRIES)
        @Nullable
        List<@NotNull @Min(0) @Max(MAX_DELAY_MS) Long> schedule,

        @Schema(
                description = "By how much a delay is spread either way, as a share of it, so that what failed together"
                        + " does not return together; the platform's share, 0.05 as shipped, if left out.",
                examples = "0.1")
        @DecimalMin("0")
        @DecimalMax("1")
        @Nullable
        Double jitter,

        @Schema(
                description =
                        "The failures that are tried again: a status (`429`), a class of them (`3xx`, `4xx`, `5xx`),"
                                + " `timeout`, `connection_error`, `connection_reset`, `dns_error`, `tls_error`,"
                                + " `address_refused`, `protocol_error` or `auth_error`. Any other is a dead letter at once. All are tried"
                                + " again if left out.",
                examples = "[\"5xx\", \"429\", \"timeout\", \"connection_error\"]")
        @Size(min = 1, max = 50)
        @Nullable
        List<@NotNull String> retryOn,

        @Schema(
                description = "Whether a retry waits for as long as `Retry-After` asks on 429 and 503, up to the"
                        + " platform's bound; it never comes earlier than the policy says.",
                defaultValue = "true",
                examples = "true")
        @Nullable
        Boolean respectRetryAfter,

        @Schema(
                description =
                        "How long after the first attempt a retry may be due, in milliseconds; a delivery whose next"
                                + " retry would be due later is a dead letter. Any time if left out.",
                examples = "86400000")
        @Min(1_000)
        @Max(MAX_DURATION_MS)
        @Nullable
        Long maxDuration) {

    static final int MAX_RETRIES = 50;
    static final int DEFAULT_MAX_RETRIES = 5;
    static final long DEFAULT_RETRY_DELAY_MS = 5_000;
    static final double DEFAULT_BACKOFF_MULTIPLIER = 2;
    static final long DAY_MS = 86_400_000;
    static final long MAX_DELAY_MS = 7 * DAY_MS;
    static final long MAX_DURATION_MS = 30 * DAY_MS;

    /** Whether the delays grow. */
    boolean isGrowing() {
        return maxRetries != null || retryDelay != null || backoffMultiplier != null || maxDelay != null;
    }

    /** The first delay, in milliseconds; null if that is the platform's. */
    @Nullable
    Long firstDelay() {
        if (schedule != null) {
            return schedule.isEmpty() ? null : schedule.get(0);
        }
        return isGrowing() ? orElse(retryDelay, DEFAULT_RETRY_DELAY_MS) : null;
    }

    /** The policy as the other services read it, its defaults filled in. */
    EndpointRegistration.RetryConfig toContract() {
        boolean isGrowing = isGrowing();
        return new EndpointRegistration.RetryConfig(
                isGrowing ? orElse(maxRetries, DEFAULT_MAX_RETRIES) : null,
                isGrowing ? orElse(retryDelay, DEFAULT_RETRY_DELAY_MS) : null,
                isGrowing ? orElse(backoffMultiplier, DEFAULT_BACKOFF_MULTIPLIER) : null,
                maxDelay,
                schedule,
                jitter,
                retryOn,
                respectRetryAfter,
                maxDuration);
    }

    /** The other way of {@link #toContract}. */
    static RetryConfig of(EndpointRegistration.RetryConfig retry) {
        return new RetryConfig(
                retry.maxRetries(),
                retry.retryDelayMs(),
                retry.backoffMultiplier(),
                retry.maxDelayMs(),
                retry.scheduleMs(),
                retry.jitter(),
                retry.retryOn(),
                retry.respectRetryAfter(),
                retry.maxDurationMs());
    }

    private static <T> T orElse(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
