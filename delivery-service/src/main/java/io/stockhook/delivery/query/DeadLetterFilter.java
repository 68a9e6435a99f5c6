package io.stockhook.delivery.query;

import io.stockhook.events.EventTypeNames;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are listed, as a {@code @BeanParam}. All that is given must hold.
 *
 * @param webhookId as it stands in the query
 * @param eventType as it stands in the query; an alias finds the type it stands for
 * @param startDate as it stands in the query
 * @param endDate as it stands in the query
 */
public record DeadLetterFilter(
        @QueryParam("webhook_id")
        @Parameter(description = "Dead letters of this webhook only.", example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
        @Nullable
        String webhookId,

        @QueryParam("event_type")
        @Parameter(
                description = "Dead letters of events of this type only, under whichever of its names.",
                example = "product.updated")
        @Nullable
        String eventType,

        @QueryParam("start_date")
        @Parameter(
                description = "Given up at this time or later: an RFC 3339 time or a date (UTC).",
                example = "2026-01-31T12:00:00Z")
        @Nullable
        String startDate,

        @QueryParam("end_date")
        @Parameter(
                description = "Given up before this time, or up to the end of this date (UTC).",
                example = "2026-02-01")
        @Nullable
        String endDate) {

    /**
     * The filter as conditions on {@code dead_letter}, whose id carries the time of giving up.
     *
     * @param names of event types, an alias of which finds the type it stands for
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the parameter that does not fit
     */
    public Conditions conditions(String tenantId, EventTypeNames names) {
        Conditions conditions = new Conditions(tenantId);
        if (webhookId != null) {
            conditions.and("endpoint_id = ?", FilterValues.webhookId(webhookId));
        }
        if (eventType != null) {
            conditions.and("event_type = ?", FilterValues.eventType(eventType, names));
        }
        TimeRange range = TimeRange.parse(startDate, endDate);
        if (range.from() != null) {
            conditions.and("dead_letter_id >= ?", TimeRange.floor(range.from()));
        }
        if (range.until() != null) {
            conditions.and("dead_letter_id < ?", TimeRange.floor(range.until()));
        }
        return conditions;
    }
}
