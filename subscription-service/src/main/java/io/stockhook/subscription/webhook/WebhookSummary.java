package io.stockhook.subscription.webhook;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many webhooks a tenant has, whatever the list was filtered by. */
@Schema(name = "WebhookSummary", description = "All of the tenant's webhooks, whatever the list is filtered by.")
public record WebhookSummary(
        @Schema(description = "How many there are.", examples = "12")
        long totalWebhooks,

        @Schema(description = "How many of them get deliveries.", examples = "10")
        long activeWebhooks) {}
