package io.stockhook.delivery.query;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dead letter as a list shows it. */
@Schema(name = "DeadLetter", description = "A delivery that is not tried any more by itself.")
public record DeadLetterView(
        @Schema(description = "Its id.", example = "dead_0198c5e27b0a7c3f9d2ab41c6f7e8d95")
        String id,

        @Schema(description = "The delivery.", example = "dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
        String deliveryId,

        @Schema(description = "The webhook it was for.", example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d91")
        String webhookId,

        @Schema(description = "The event.", example = "evt_0198c5e27b0a7c3f9d2ab41c6f7e8d92")
        String eventId,

        @Schema(description = "The event's canonical type.", example = "product.updated")
        String eventType,

        @Schema(description = "The name of the type that the webhook subscribed to.", example = "product.updated")
        String subscribedAs,

        @Schema(description = "The run that ended here.", example = "1")
        int run,

        @Schema(description = "The number of its last attempt in that run.", example = "6")
        int attempt,

        @Schema(description = "Why it was given up.", example = "retries_exhausted")
        String reason,

        @Schema(description = "What happened, for people.", example = "The endpoint answered 500.") @Nullable
        String detail,

        @Schema(description = "The event's time.", example = "2026-01-31T12:00:00Z")
        Instant eventTime,

        @Schema(description = "When it was given up.", example = "2026-01-31T14:16:00Z")
        Instant deadAt) {}
