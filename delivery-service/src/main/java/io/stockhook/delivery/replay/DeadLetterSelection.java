package io.stockhook.delivery.replay;

import io.stockhook.events.EventTypeNames;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are to be replayed or purged. All that is given must hold.
 *
 * @param ids null for any
 * @param newId null for false; only for a replay
 * @param dryRun null for false
 */
@Schema(name = "DeadLetterSelection", description = "Which dead letters it is about. All that is given must hold.")
public record DeadLetterSelection(
        @Schema(
                description = "These dead letters, 1000 at the most.",
                examples = "[\"dead_0198c5e27b0a7c3f9d2ab41c6f7e8d95\"]")
        @Size(min = 1, max = Selection.MAX_IDS)
        @Nullable
        List<@NotNull String> ids,

        @Schema(description = "Dead letters of this webhook.", examples = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
        @Nullable
        String webhookId,

        @Schema(description = "Dead letters of events of this type.", examples = "product.updated") @Nullable
        String eventType,

        @Schema(
                description = "Given up at this time or later: an RFC 3339 time or a date (UTC).",
                examples = "2026-01-31T12:00:00Z")
        @Nullable
        String startDate,

        @Schema(
                description = "Given up before this time, or up to the end of this date (UTC).",
                examples = "2026-02-01")
        @Nullable
        String endDate,

        @Schema(
                description = "Whether each is sent with a `webhook-id` of its own; a purge sends nothing.",
                defaultValue = "false")
        @Nullable
        Boolean newId,

        @Schema(description = "Whether only to say how many there are.", defaultValue = "false") @Nullable
        Boolean dryRun) {

    /** @param names of event types, an alias of which stands for its type */
    Selection selection(EventTypeNames names) {
        return new Selection(
                ids, webhookId, eventType == null ? null : names.canonical(eventType), null, startDate, endDate, null);
    }
}
