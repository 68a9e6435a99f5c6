package io.stockhook.subscription.webhook;

import io.stockhook.subscription.tenant.PayloadFormat;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How deliveries are made, as far as it can be inherited: what is null is inherited from above, webhook from subscriber, subscriber from
 * tenant, tenant from platform. Each value is taken whole: a retry policy, for example, is never put together from two.
 *
 * @param retryConfig what follows a failed attempt
 * @param payloadFormat how a body is built; not {@code template} where it is to be inherited
 * @param headerPrefix what the headers of a delivery begin with
 * @param signature how deliveries are signed
 * @param timeout of one attempt, in milliseconds
 * @param maxInFlight how many attempts at once, for each endpoint
 * @param rateLimit how many requests each endpoint takes
 * @param breaker when an endpoint's circuit opens
 * @param debugMode whether whole requests and responses are recorded
 */
@Schema(
        name = "DeliveryPreferences",
        description =
                "How deliveries are made unless a webhook says otherwise. What is left out is inherited: a webhook's"
                        + " from its subscriber, a subscriber's from its tenant, a tenant's from the platform. Each field is taken"
                        + " whole.")
public record DeliveryPreferences(
        @Schema(description = "What follows a failed attempt.") @Valid @Nullable
        RetryConfig retryConfig,

        @Schema(
                description = "How a delivery's body is built: standard, classic, cloudevents or raw.",
                examples = "standard")
        @Nullable
        PayloadFormat payloadFormat,

        @Schema(description = "What the headers of a delivery begin with.", examples = "X-Acme-") @Nullable
        String headerPrefix,

        @Schema(description = "How deliveries are signed.") @Valid @Nullable
        SignatureRequest signature,

        @Schema(description = "How long one attempt may take in all, in milliseconds.", examples = "10000")
        @Min(1_000)
        @Max(30_000)
        @Nullable
        Integer timeout,

        @Schema(description = "How many attempts an endpoint may have under way at once.", examples = "64")
        @Min(1)
        @Max(1_000)
        @Nullable
        Integer maxInFlight,

        @Schema(description = "How many requests each endpoint takes.") @Valid @Nullable
        RateLimit rateLimit,

        @Schema(description = "When an endpoint's circuit opens.") @Valid @Nullable
        Breaker breaker,

        @Schema(description = "Whether the log keeps requests and responses whole.", examples = "false") @Nullable
        Boolean debugMode) {

    /** Inherits everything. */
    public static final DeliveryPreferences NONE =
            new DeliveryPreferences(null, null, null, null, null, null, null, null, null);

    /** The same with another format. */
    public DeliveryPreferences withPayloadFormat(@Nullable PayloadFormat other) {
        return new DeliveryPreferences(
                retryConfig, other, headerPrefix, signature, timeout, maxInFlight, rateLimit, breaker, debugMode);
    }
}
