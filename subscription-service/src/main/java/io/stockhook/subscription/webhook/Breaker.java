package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointRegistration;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * When an endpoint's circuit opens. What is null has its default.
 *
 * @param enabled null for true
 * @param failureRate above 0 and at most 1; null for 0.5
 * @param minimumAttempts 1 to 1,000; null for 20
 * @param window in milliseconds, 1 s to 10 min; null for 60,000
 * @param openFor in milliseconds, 1 s to 10 min; null for 30,000
 */
@Schema(
        name = "Breaker",
        description =
                "When attempts stop for a while because the endpoint is in trouble: it does not answer, or answers"
                        + " 5xx, 429 or 408.")
public record Breaker(
        @Schema(description = "Whether the circuit opens at all.", defaultValue = "true", examples = "true") @Nullable
        Boolean enabled,

        @Schema(
                description = "The share of attempts in trouble from which on it opens.",
                defaultValue = "0.5",
                examples = "0.5")
        @DecimalMin("0.01")
        @DecimalMax("1")
        @Nullable
        Double failureRate,

        @Schema(description = "How many attempts the share is taken of at least.", defaultValue = "20", examples = "20")
        @Min(1)
        @Max(1_000)
        @Nullable
        Integer minimumAttempts,

        @Schema(
                description = "How far back attempts count, in milliseconds.",
                defaultValue = "60000",
                examples = "60000")
        @Min(1_000)
        @Max(600_000)
        @Nullable
        Long window,

        @Schema(
                description = "How long it stays open before probes go, in milliseconds.",
                defaultValue = "30000",
                examples = "30000")
        @Min(1_000)
        @Max(600_000)
        @Nullable
        Long openFor) {

    private static final double DEFAULT_FAILURE_RATE = 0.5;
    private static final int DEFAULT_MINIMUM_ATTEMPTS = 20;
    private static final long DEFAULT_WINDOW_MS = 60_000;
    private static final long DEFAULT_OPEN_MS = 30_000;

    EndpointRegistration.Breaker toContract() {
        return new EndpointRegistration.Breaker(
                !Boolean.FALSE.equals(enabled),
                failureRate == null ? DEFAULT_FAILURE_RATE : failureRate,
                minimumAttempts == null ? DEFAULT_MINIMUM_ATTEMPTS : minimumAttempts,
                window == null ? DEFAULT_WINDOW_MS : window,
                openFor == null ? DEFAULT_OPEN_MS : openFor);
    }

    static @Nullable Breaker of(EndpointRegistration.@Nullable Breaker contract) {
        return contract == null
                ? null
                : new Breaker(
                        contract.isEnabled(),
                        contract.failureRate(),
                        contract.minimumAttempts(),
                        contract.windowMs(),
                        contract.openMs());
    }
}
