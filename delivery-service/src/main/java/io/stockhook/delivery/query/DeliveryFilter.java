package io.stockhook.delivery.query;

import io.stockhook.events.EventTypeNames;
import io.stockhook.web.problem.Problems;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are listed, as a {@code @BeanParam}. All that is given must hold.
 *
 * @param webhookId as it stands in the query
 * @param eventType as it stands in the query; an alias finds the type it stands for
 * @param responseClass as it stands in the query
 * @param startDate as it stands in the query
 * @param endDate as it stands in the query
 * @param event another spelling of {@code eventType}, which statistics and logs have
 */
public record DeliveryFilter(
        @QueryParam("webhook_id")
        @Parameter(description = "Deliveries of this webhook only.", example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
        @Nullable
        String webhookId,

        @QueryParam("event_type")
        @Parameter(
                description = "Deliveries of events of this type only, under whichever of its names.",
                example = "product.updated")
        @Nullable
        String eventType,

        @QueryParam("response_class")
        @Parameter(
                description = "By the last response's status; `none` where there was no response.",
                schema =
                        @Schema(
                                type = SchemaType.STRING,
                                enumeration = {"2xx", "3xx", "4xx", "5xx", "none"}),
                example = "5xx")
        @Nullable
        String responseClass,

        @QueryParam("start_date")
        @Parameter(
                description = "Events of this time or later: an RFC 3339 time or a date (UTC).",
                example = "2026-01-31T12:00:00Z")
        @Nullable
        String startDate,

        @QueryParam("end_date")
        @Parameter(
                description = "Events before this time, or up to the end of this date (UTC).",
                example = "2026-02-01")
        @Nullable
        String endDate,

        @QueryParam("event")
        @Parameter(description = "The same as `event_type`.", example = "product.updated")
        @Nullable
        String event) {

    /**
     * The filter as conditions on {@code delivery}. A delivery's id carries its event's time.
     *
     * @param names of event types, an alias of which finds the type it stands for
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the parameter that does not fit
     */
    public Conditions conditions(String tenantId, EventTypeNames names) {
        Conditions conditions = new Conditions(tenantId);
        if (webhookId != null) {
            conditions.and("endpoint_id = ?", FilterValues.webhookId(webhookId));
        }
        String type = canonicalType(names);
        if (type != null) {
            conditions.and("event_type = ?", type);
        }
        if (responseClass != null) {
            conditions.and(ResponseClass.of(responseClass).condition());
        }
        TimeRange range = TimeRange.parse(startDate, endDate);
        if (range.from() != null) {
            conditions.and("delivery_id >= ?", TimeRange.floor(range.from()));
        }
        if (range.until() != null) {
            conditions.and("delivery_id < ?", TimeRange.floor(range.until()));
        }
        return conditions;
    }

    /** The type that the filter names; null for any. */
    @Nullable
    String canonicalType(EventTypeNames names) {
        String one = eventType == null ? null : FilterValues.eventType(eventType, names);
        String other = event == null ? null : FilterValues.eventType("event", event, names);
        if (one != null && other != null && !one.equals(other)) {
            throw Problems.badField("event", "Must be the same as event_type, or left out.");
        }
        return one == null ? other : one;
    }
}
