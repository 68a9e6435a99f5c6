package io.stockhook.subscription.subscriber;

import io.stockhook.subscription.webhook.RateLimit;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber may take and have. What is null is not limited here.
 *
 * @param rateLimit how many requests all its endpoints take together
 * @param maxWebhooks how many webhooks it may have
 * @param dailyDeliveries its quota of deliveries for a day of UTC; reported, not enforced
 * @param monthlyDeliveries its quota of deliveries for a month of UTC; reported, not enforced
 */
@Schema(
        name = "SubscriberLimits",
        description = "What a subscriber may take and have; what is left out is not limited.")
public record SubscriberLimits(
        @Schema(
                description =
                        "How many requests all its endpoints take together, beside each endpoint's own limit. Shared"
                                + " out among the active ones.")
        @Valid
        @Nullable
        RateLimit rateLimit,

        @Schema(description = "How many webhooks it may have.", examples = "10") @Min(0) @Nullable
        Integer maxWebhooks,

        @Schema(
                description =
                        "How many deliveries are agreed for a day of UTC. More are made all the same, and its usage"
                                + " says `exceeded`.",
                examples = "10000")
        @Min(1)
        @Nullable
        Long dailyDeliveries,

        @Schema(description = "How many deliveries are agreed for a month of UTC.", examples = "200000")
        @Min(1)
        @Nullable
        Long monthlyDeliveries) {

    static final SubscriberLimits NONE = new SubscriberLimits(null, null, null, null);
}
