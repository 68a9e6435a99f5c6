package io.stockhook.delivery.replay;

import io.stockhook.delivery.query.DeliveryStatus;
import io.stockhook.events.EventTypeNames;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are to be sent once more. All that is given must hold.
 *
 * @param ids null for any
 * @param status null for dead ones, or for any where ids are given
 * @param newId null for false
 * @param dryRun null for false
 */
@Schema(
        name = "BulkRetryRequest",
        description = "Which deliveries are to be sent once more. All that is given must hold.")
public record BulkRetryRequest(
        @Schema(
                description = "These deliveries, 1000 at the most.",
                examples = "[\"dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90\"]")
        @Size(min = 1, max = Selection.MAX_IDS)
        @Nullable
        List<@NotNull String> ids,

        @Schema(description = "Deliveries of this webhook.", examples = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d90") @Nullable
        String webhookId,

        @Schema(description = "Deliveries of events of this type.", examples = "product.updated") @Nullable
        String eventType,

        @Schema(
                description = "Where they stand: dead ones if left out, any if ids are given.",
                examples = "[\"dead\", \"held\"]")
        @Size(min = 1, max = 10)
        @Nullable
        List<@NotNull DeliveryStatus> status,

        @Schema(
                description = "Events of this time or later: an RFC 3339 time or a date (UTC).",
                examples = "2026-01-31T12:00:00Z")
        @Nullable
        String startDate,

        @Schema(description = "Events before this time, or up to the end of this date (UTC).", examples = "2026-02-01")
        @Nullable
        String endDate,

        @Schema(description = "Those that stand so since this time or later.", examples = "2026-01-31T12:00:00Z")
        @Nullable
        Instant since,

        @Schema(description = "Whether each is sent with a `webhook-id` of its own.", defaultValue = "false") @Nullable
        Boolean newId,

        @Schema(description = "Whether only to say how many there are.", defaultValue = "false") @Nullable
        Boolean dryRun) {

    /** @param names of event types, an alias of which stands for its type */
    Selection selection(EventTypeNames names) {
        List<DeliveryStatus> wanted = status == null && ids == null ? List.of(DeliveryStatus.DEAD) : status;
        return new Selection(
                ids,
                webhookId,
                eventType == null ? null : names.canonical(eventType),
                wanted,
                startDate,
                endDate,
                since);
    }
}
