package io.stockhook.delivery.query;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How the deliveries of a filter stand, whatever status or response it asks for. */
@Schema(
        name = "DeliverySummary",
        description =
                "How the deliveries of the webhook, event type and time stand, whatever status or response is asked for;"
                        + " counted by whole hours.")
public record DeliverySummary(
        @Schema(description = "Those that arrived.", example = "142")
        long successful,

        @Schema(description = "Those that were given up.", example = "8")
        long failed,

        @Schema(description = "Those of which another attempt follows.", example = "2")
        long pendingRetry) {

    static DeliverySummary of(StatisticsTotals totals) {
        return new DeliverySummary(totals.successful(), totals.failed(), totals.pendingRetry());
    }
}
