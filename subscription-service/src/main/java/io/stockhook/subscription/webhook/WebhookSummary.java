package io.stockhook.subscription.webhook;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** All of a tenant's webhooks, whatever the list was filtered by. */
@Schema(name = "WebhookSummary", description = "All of the tenant's webhooks, whatever the list is filtered by.")
public record WebhookSummary(
        @Schema(description = "How many there are.", examples = "12")
        long totalWebhooks,

        @Schema(description = "How many of them get deliveries.", examples = "10")
        long activeWebhooks,

        @Schema(
                description = "Deliveries to them, in whatever state; null if that cannot be told now.",
                examples = "150")
        @Nullable
        Long totalEvents,

        @Schema(
                description =
                        "The mean of their success rates, in percent; null if that cannot be told now, or none has one.",
                examples = "96.3")
        @Nullable
        Double avgSuccessRate) {}
