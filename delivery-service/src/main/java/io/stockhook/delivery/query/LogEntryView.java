package io.stockhook.delivery.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as a list shows it that is read on its own, without going on to each delivery.
 *
 * @param responseTime in milliseconds
 * @param payload JSON as it was published; null if it is long or gone
 */
@Schema(name = "DeliveryLogEntry", description = "A delivery with its event's data and the last response.")
public record LogEntryView(
        @Schema(description = "The delivery's id.", example = "dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
        String id,

        @Schema(description = "The webhook it goes to.", example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d91")
        String webhookId,

        @Schema(description = "The event's id.", example = "evt_0198c5e27b0a7c3f9d2ab41c6f7e8d92")
        String eventId,

        @Schema(description = "The event's type, in the spelling that was subscribed to.", example = "order.created")
        String event,

        @Schema(
                description =
                        "`success` if it arrived, `failed` if it was given up or is to be tried again; else `scheduled`,"
                                + " `held` or `dropped`.",
                example = "success")
        String status,

        @Schema(description = "Why it stands there.", example = "delivered")
        String reason,

        @Schema(description = "The last response's status; null if there was none.", example = "200") @Nullable
        Integer responseCode,

        @Schema(description = "How long the last attempt took, in milliseconds.", example = "180")
        long responseTime,

        @Schema(description = "When the last attempt ended.", example = "2026-01-15T10:35:00Z")
        Instant timestamp,

        @Schema(
                type = SchemaType.OBJECT,
                description =
                        "The event's data as published; null if it is longer than 16 KiB (the delivery itself has it) or the"
                                + " log does not have it.",
                example = "{\"order_id\":\"ORD-123\",\"status\":\"confirmed\"}")
        @JsonRawValue
        @Nullable
        String payload,

        @Schema(description = "The beginning of the last response's body, 1 KiB.", example = "OK") @Nullable
        String responseBody,

        @Schema(description = "What went wrong, for programs.", example = "http_500") @Nullable
        String errorClass,

        @Schema(description = "What went wrong, for people.", example = "The endpoint answered 500.") @Nullable
        String errorMessage,

        @Schema(description = "Attempts after the first in this run.", example = "0")
        int retryCount,

        @Schema(description = "When it is tried again; null if it is not.", example = "2026-01-15T10:40:00Z") @Nullable
        Instant nextRetry) {

    /** The entry of a delivery. */
    static LogEntryView of(DeliveryView delivery, @Nullable String payload, @Nullable String responseBody) {
        return new LogEntryView(
                delivery.id(),
                delivery.webhookId(),
                delivery.eventId(),
                delivery.subscribedAs(),
                status(delivery.status()),
                delivery.reason(),
                delivery.responseCode(),
                delivery.responseTime(),
                delivery.updatedAt(),
                payload,
                responseBody,
                delivery.errorClass(),
                delivery.errorMessage(),
                delivery.retryCount(),
                delivery.nextRetry());
    }

    private static String status(DeliveryStatus status) {
        return switch (status) {
            case DELIVERED -> "success";
            case RETRYING, DEAD -> "failed";
            case SCHEDULED, HELD, DROPPED, AWAITING_CONFIRMATION -> status.wireName();
        };
    }
}
