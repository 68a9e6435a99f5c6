package io.stockhook.delivery.query;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Statistics of deliveries. */
@Schema(name = "DeliveryStatistics", description = "What came of a tenant's deliveries in a time.")
public record StatisticsView(
        @Schema(
                description = "The webhook they are of; null for several or all.",
                example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d91")
        @Nullable
        String webhookId,

        @Schema(description = "The whole hours they are of.")
        Period period,

        @Schema(description = "All in all.") Summary summary,

        @Schema(description = "By canonical event type, the most frequent first; a hundred at most.")
        List<EventType> eventsByType,

        @Schema(
                description =
                        "By hour, day, week or month, the earliest first; those without a delivery are there as zeros.")
        List<Point> timeSeries,

        @Schema(description = "Failed attempts by what went wrong, the most frequent first; a hundred at most.")
        List<ErrorShare> errorBreakdown) {

    /** From when until when. */
    @Schema(name = "StatisticsPeriod", description = "From when until when.")
    public record Period(
            @Schema(description = "Included.", example = "2026-01-01T00:00:00Z")
            Instant startDate,

            @Schema(description = "Not included.", example = "2026-02-01T00:00:00Z")
            Instant endDate) {}

    /** All in all; times in milliseconds, rates in percent. */
    @Schema(
            name = "StatisticsSummary",
            description = "All in all. Null where there is nothing to take a share or a mean of.")
    public record Summary(
            @Schema(description = "Deliveries, in whatever state.", example = "150")
            long totalEvents,

            @Schema(description = "Those that arrived.", example = "142")
            long successfulDeliveries,

            @Schema(description = "Those that were given up.", example = "8")
            long failedDeliveries,

            @Schema(description = "Those of which another attempt follows.", example = "0")
            long pendingRetry,

            @Schema(description = "Attempts after the first, by when they were made.", example = "12")
            long totalRetries,

            @Schema(description = "Arrived, of those that have ended, in percent.", example = "94.7") @Nullable
            Double successRate,

            @Schema(description = "Mean of the attempts that were answered, in milliseconds.", example = "245")
            @Nullable
            Long avgResponseTime,

            @Schema(description = "Half of the answered attempts took no longer, in milliseconds.", example = "180")
            @Nullable
            Long p50ResponseTime,

            @Schema(description = "95 % of the answered attempts took no longer, in milliseconds.", example = "480")
            @Nullable
            Long p95ResponseTime,

            @Schema(description = "99 % of the answered attempts took no longer, in milliseconds.", example = "900")
            @Nullable
            Long p99ResponseTime,

            @Schema(
                    description = "Of the hours in which a webhook was posted to, those in which it took at least one"
                            + " delivery, in percent; of several webhooks, over the hours of each.",
                    example = "99.8")
            @Nullable
            Double uptime) {}

    /** The deliveries of one event type. */
    @Schema(name = "EventTypeStatistics", description = "The deliveries of one event type.")
    public record EventType(
            @Schema(description = "The canonical type.", example = "product.updated")
            String event,

            @Schema(description = "Deliveries, in whatever state.", example = "75")
            long count,

            @Schema(description = "Arrived, of those that have ended, in percent.", example = "96.0") @Nullable
            Double successRate) {}

    /** One point of the time series. */
    @Schema(name = "StatisticsPoint", description = "The deliveries of the events of an hour, day, week or month.")
    public record Point(
            @Schema(description = "Its beginning (UTC): a date, or a time if it is an hour.", example = "2026-01-15")
            String date,

            @Schema(description = "Deliveries, in whatever state.", example = "10")
            long totalEvents,

            @Schema(description = "Those that arrived.", example = "9")
            long successful,

            @Schema(description = "Those that were given up.", example = "1")
            long failed,

            @Schema(description = "Those of which another attempt follows.", example = "0")
            long pendingRetry,

            @Schema(description = "Mean of the attempts that were answered, in milliseconds.", example = "230")
            @Nullable
            Long avgResponseTime) {}

    /** One kind of failure. */
    @Schema(name = "ErrorShare", description = "One kind of failure.")
    public record ErrorShare(
            @Schema(description = "The error class.", example = "timeout")
            String errorType,

            @Schema(description = "Failed attempts.", example = "5")
            long count,

            @Schema(description = "Of all failed attempts, in percent.", example = "62.5")
            double percentage) {}
}
