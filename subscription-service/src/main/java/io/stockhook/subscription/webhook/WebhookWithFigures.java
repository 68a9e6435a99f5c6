package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stockhook.web.etag.Versioned;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A webhook with what became of its deliveries.
 *
 * @param figures whether the others are known
 * @param successRate in percent
 * @param avgResponseTime in milliseconds
 * @param lastResponseTime in milliseconds
 */
@Schema(name = "WebhookWithFigures", description = "A webhook with what became of its deliveries.")
public record WebhookWithFigures(
        @JsonUnwrapped WebhookView webhook,

        @Schema(
                description = "`unavailable` if delivery-service did not tell the figures in time: they are null then.",
                examples = "available")
        FiguresStatus figures,

        @Schema(description = "When something last came of the latest event.", examples = "2026-01-15T10:35:00Z")
        @Nullable
        Instant lastTriggered,

        @Schema(description = "Deliveries that arrived.", examples = "25") @Nullable
        Long successCount,

        @Schema(description = "Deliveries that were given up.", examples = "2") @Nullable
        Long failureCount,

        @Schema(description = "Arrived, of those that have ended, in percent; null if none has.", examples = "92.6")
        @Nullable
        Double successRate,

        @Schema(description = "Mean of the attempts that were answered, in milliseconds.", examples = "250") @Nullable
        Long avgResponseTime,

        @Schema(description = "Of the last attempt that was answered, in milliseconds.", examples = "180") @Nullable
        Long lastResponseTime,

        @Schema(description = "The same figures by the names that statistics have.") @Nullable
        DeliveryStats deliveryStats,

        @Schema(description = "Requests to the endpoint, to be held against its `rate_limit`.") @Nullable
        Requests requests,

        @Schema(description = "How the endpoint's circuit stands.")
        Figures.@Nullable Circuit circuit)
        implements Versioned {

    /** What became of a webhook's deliveries. */
    @Schema(name = "DeliveryStats", description = "What became of a webhook's deliveries.")
    public record DeliveryStats(
            @Schema(description = "Deliveries, in whatever state.", examples = "27")
            long totalDeliveries,

            @Schema(description = "Those that arrived.", examples = "25")
            long successfulDeliveries,

            @Schema(description = "Those that were given up.", examples = "2")
            long failedDeliveries,

            @Schema(description = "Those of which another attempt follows.", examples = "0")
            long pendingRetry,

            @Schema(description = "Mean of the attempts that were answered, in milliseconds.", examples = "250")
            @Nullable
            Long avgResponseTime,

            @Schema(description = "Of the last attempt that was answered, in milliseconds.", examples = "180") @Nullable
            Long lastResponseTime) {}

    /** How many requests an endpoint got, by clock hours; what waits for its turn is none. */
    @Schema(name = "EndpointRequests", description = "How many requests the endpoint got, retries included.")
    public record Requests(
            @Schema(description = "In the clock hour that is under way.", examples = "12")
            long thisHour,

            @Schema(description = "In the clock hour before.", examples = "40")
            long lastHour) {}

    /** The webhook with these figures; null for those that are not known. */
    static WebhookWithFigures of(WebhookView webhook, Figures.@Nullable OfWebhook figures) {
        if (figures == null) {
            return new WebhookWithFigures(
                    webhook, FiguresStatus.UNAVAILABLE, null, null, null, null, null, null, null, null, null);
        }
        return new WebhookWithFigures(
                webhook,
                FiguresStatus.AVAILABLE,
                figures.lastTriggered(),
                figures.successfulDeliveries(),
                figures.failedDeliveries(),
                figures.successRate(),
                figures.avgResponseTime(),
                figures.lastResponseTime(),
                new DeliveryStats(
                        figures.totalDeliveries(),
                        figures.successfulDeliveries(),
                        figures.failedDeliveries(),
                        figures.pendingRetry(),
                        figures.avgResponseTime(),
                        figures.lastResponseTime()),
                new Requests(figures.requestsThisHour(), figures.requestsLastHour()),
                figures.circuit());
    }

    @Override
    public String id() {
        return webhook.id();
    }

    @Override
    public long version() {
        return webhook.version();
    }
}
