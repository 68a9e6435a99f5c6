package io.stockhook.delivery.replay;

import io.stockhook.events.delivery.DeliveryTask;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A run of a delivery that somebody began or cancelled. */
@Schema(name = "Run", description = "A run of a delivery that was begun or cancelled by hand.")
public record RunView(
        @Schema(description = "The delivery.", example = "dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
        String id,

        @Schema(description = "The webhook it goes to.", example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d91")
        String webhookId,

        @Schema(description = "The event.", example = "evt_0198c5e27b0a7c3f9d2ab41c6f7e8d92")
        String eventId,

        @Schema(
                description = "The `webhook-id` it is sent with: the event's id, unless a new one was asked for.",
                example = "evt_0198c5e27b0a7c3f9d2ab41c6f7e8d92")
        String messageId,

        @Schema(description = "1 at first; each manual retry or replay begins the next.", example = "2")
        int run,

        @Schema(description = "`scheduled` if it was begun, `dropped` if it was cancelled.", example = "scheduled")
        String status,

        @Schema(description = "When that was asked for.", example = "2026-01-31T12:00:00Z")
        Instant requestedAt) {

    static RunView begun(DeliveryTask first) {
        return of(first, "scheduled", first.due());
    }

    static RunView cancelled(DeliveryTask last, Instant at) {
        return of(last, "dropped", at);
    }

    private static RunView of(DeliveryTask task, String status, Instant at) {
        return new RunView(
                task.deliveryId(), task.endpointId(), task.eventId(), task.webhookId(), task.run(), status, at);
    }
}
