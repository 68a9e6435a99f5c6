package io.stockhook.subscription.webhook;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A webhook's own retry policy, in a request and as it is shown.
 *
 * @param maxRetries how many retries follow the first attempt; null for 5
 * @param retryDelay before the first retry, in milliseconds; null for 5000
 * @param backoffMultiplier by which each further delay grows; null for 2
 * @param maxDelay the longest delay, in milliseconds; null for a day
 */
@Schema(
        name = "RetryConfig",
        description = "What follows a failed attempt. The first retry comes after `retry_delay`, each further one after"
                + " `backoff_multiplier` times the delay before it, none after more than `max_delay`.")
public record RetryConfig(
        @Schema(description = "How many retries follow the first attempt.", defaultValue = "5", examples = "3")
        @Min(0)
        @Max(50)
        @Nullable
        Integer maxRetries,

        @Schema(description = "Before the first retry, in milliseconds.", defaultValue = "5000", examples = "5000")
        @Min(0)
        @Max(DAY_MS)
        @Nullable
        Long retryDelay,

        @Schema(description = "By which each further delay grows.", defaultValue = "2", examples = "2")
        @DecimalMin("1")
        @DecimalMax("10")
        @Nullable
        Double backoffMultiplier,

        @Schema(description = "The longest delay, in milliseconds.", defaultValue = "86400000", examples = "3600000")
        @Min(1)
        @Max(7 * DAY_MS)
        @Nullable
        Long maxDelay) {

    static final int DEFAULT_MAX_RETRIES = 5;
    static final long DEFAULT_RETRY_DELAY_MS = 5_000;
    static final double DEFAULT_BACKOFF_MULTIPLIER = 2;
    static final long DAY_MS = 86_400_000;
}
