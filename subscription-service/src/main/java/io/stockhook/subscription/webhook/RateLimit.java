package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.events.EndpointRegistration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How many requests an endpoint takes.
 *
 * @param limit requests in a period, 1 to 100,000
 * @param per the period
 * @param burst how many may go at once after a time without any, 1 to 10,000; null for 1
 */
@Schema(
        name = "RateLimit",
        description = "How many requests the endpoint takes. What is over waits, is not lost, and uses up no retry.")
public record RateLimit(
        @Schema(description = "Requests in a period, retries included.", examples = "100")
        @NotNull
        @Min(1)
        @Max(100_000)
        Integer limit,

        @Schema(description = "The period.", examples = "second") @NotNull
        Period per,

        @Schema(description = "How many may go at once after a time without any.", defaultValue = "1", examples = "10")
        @Min(1)
        @Max(10_000)
        @Nullable
        Integer burst) {

    private static final int DEFAULT_BURST = 1;

    /** What a limit is counted over. */
    public enum Period {
        /** A second. */
        @JsonProperty("second")
        SECOND(Duration.ofSeconds(1)),
        /** A minute. */
        @JsonProperty("minute")
        MINUTE(Duration.ofMinutes(1)),
        /** An hour. */
        @JsonProperty("hour")
        HOUR(Duration.ofHours(1));

        private final Duration length;

        Period(Duration length) {
            this.length = length;
        }
    }

    EndpointRegistration.RateLimit toContract() {
        return new EndpointRegistration.RateLimit(limit, per.length.toMillis(), burst == null ? DEFAULT_BURST : burst);
    }

    static @Nullable RateLimit of(EndpointRegistration.@Nullable RateLimit contract) {
        if (contract == null) {
            return null;
        }
        for (Period period : Period.values()) {
            if (period.length.toMillis() == contract.periodMs()) {
                return new RateLimit(contract.limit(), period, contract.burst());
            }
        }
        throw new IllegalStateException("no period has " + contract.periodMs() + " ms");
    }
}
