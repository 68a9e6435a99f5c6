package io.stockhook.delivery.query;

import io.stockhook.delivery.circuit.CircuitState;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Figures of webhooks. */
@Schema(name = "Figures", description = "Figures of webhooks, over all time that statistics are kept for.")
public record FiguresView(
        @Schema(description = "One for each webhook, in the order in which they were asked for.")
        List<WebhookFigures> items,

        @Schema(description = "All of the tenant's webhooks; null if it was not asked for, or cannot be told in time.")
        @Nullable
        Summary summary) {

    /** The figures of one webhook; times in milliseconds, rates in percent. */
    @Schema(name = "WebhookFigures", description = "The figures of one webhook.")
    public record WebhookFigures(
            @Schema(description = "The webhook.", example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
            String webhookId,

            @Schema(description = "Deliveries, in whatever state.", example = "27")
            long totalDeliveries,

            @Schema(description = "Those that arrived.", example = "25")
            long successfulDeliveries,

            @Schema(description = "Those that were given up.", example = "2")
            long failedDeliveries,

            @Schema(description = "Those of which another attempt follows.", example = "0")
            long pendingRetry,

            @Schema(description = "Arrived, of those that have ended, in percent.", example = "92.6") @Nullable
            Double successRate,

            @Schema(description = "Mean of the attempts that were answered, in milliseconds.", example = "250")
            @Nullable
            Long avgResponseTime,

            @Schema(description = "Of the last attempt that was answered, in milliseconds.", example = "180") @Nullable
            Long lastResponseTime,

            @Schema(
                    description = "When something last came of the latest event; null without one.",
                    example = "2026-01-15T10:35:00Z")
            @Nullable
            Instant lastTriggered,

            @Schema(description = "Requests in the clock hour that is under way, retries included.", example = "12")
            long requestsThisHour,

            @Schema(description = "Requests in the clock hour before, retries included.", example = "40")
            long requestsLastHour,

            @Schema(description = "How its circuit stands.") Circuit circuit) {}

    /** How a circuit stands. */
    @Schema(name = "CircuitState", description = "Whether attempts go to the endpoint.")
    public record Circuit(
            @Schema(
                    description =
                            "`closed` if they go, `open` if none goes, `half_open` if a few go to see whether it is back.",
                    example = "closed")
            CircuitState.State state,

            @Schema(description = "Since when; null if it is closed.", example = "2026-01-15T10:35:00Z") @Nullable
            Instant since,

            @Schema(description = "While it is open: when attempts go again at the earliest.") @Nullable
            Instant nextProbe) {

        static Circuit of(@Nullable CircuitState state) {
            return state == null
                    ? new Circuit(CircuitState.State.CLOSED, null, null)
                    : new Circuit(state.state(), state.since(), state.nextProbe());
        }
    }

    /** All of a tenant's webhooks. */
    @Schema(name = "FiguresSummary", description = "All of the tenant's webhooks.")
    public record Summary(
            @Schema(description = "Deliveries, in whatever state.", example = "150")
            long totalEvents,

            @Schema(description = "The mean of the webhooks' success rates, in percent.", example = "96.3") @Nullable
            Double avgSuccessRate) {}
}
