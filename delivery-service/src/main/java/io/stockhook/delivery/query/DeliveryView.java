package io.stockhook.delivery.query;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as a list shows it.
 *
 * @param responseTime in milliseconds
 */
@Schema(name = "Delivery", description = "One event on its way to one webhook, as its last decisive attempt left it.")
public record DeliveryView(
        @Schema(
                description = "Its id, also sent as X-Webhook-Delivery.",
                example = "dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
        String id,

        @Schema(description = "The webhook it goes to.", example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d91")
        String webhookId,

        @Schema(
                description = "The event's id, also sent as webhook-id.",
                example = "evt_0198c5e27b0a7c3f9d2ab41c6f7e8d92")
        String eventId,

        @Schema(description = "The event's canonical type.", example = "product.updated")
        String eventType,

        @Schema(
                description = "The name of the type that the webhook subscribed to.",
                example = "catalog.product.updated")
        String subscribedAs,

        @Schema(description = "Where it stands.", example = "delivered")
        DeliveryStatus status,

        @Schema(description = "Why it stands there.", example = "delivered")
        String reason,

        @Schema(description = "1 at first; each manual retry or replay begins the next.", example = "1")
        int run,

        @Schema(description = "Attempts made in this run.", example = "2")
        int attemptCount,

        @Schema(description = "Attempts after the first in this run.", example = "1")
        int retryCount,

        @Schema(description = "The last response's status; null if there was none.", example = "200") @Nullable
        Integer responseCode,

        @Schema(description = "How long the last attempt took, in milliseconds.", example = "42")
        long responseTime,

        @Schema(description = "What went wrong, for programs.", example = "http_500") @Nullable
        String errorClass,

        @Schema(description = "What went wrong, for people.", example = "The endpoint answered 500.") @Nullable
        String errorMessage,

        @Schema(description = "When it is tried again; null if it is not.", example = "2026-01-31T12:01:00Z") @Nullable
        Instant nextRetry,

        @Schema(description = "The event's time.", example = "2026-01-31T12:00:00Z")
        Instant createdAt,

        @Schema(description = "When the last attempt ended.", example = "2026-01-31T12:00:00.042Z")
        Instant updatedAt) {}
