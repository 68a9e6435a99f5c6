package io.stockhook.subscription.webhook;

import jakarta.ws.rs.QueryParam;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Of which of a webhook's deliveries statistics are shown, as a {@code @BeanParam}. The values are delivery-service's to check. */
public record StatisticsQuery(
        @QueryParam("event")
        @Parameter(
                description = "Of events of this type only, under whichever of its names.",
                example = "order.created")
        @Nullable
        String event,

        @QueryParam("start_date")
        @Parameter(
                description =
                        "From the hour of this RFC 3339 time, or from this date (UTC), on. Left out: 24 hours, 30 days,"
                                + " 12 weeks or 12 months before the end, by `group_by`.",
                example = "2026-01-01")
        @Nullable
        String startDate,

        @QueryParam("end_date")
        @Parameter(
                description =
                        "Up to the hour of this RFC 3339 time, or up to the end of this date (UTC). Left out: now.",
                example = "2026-01-31")
        @Nullable
        String endDate,

        @QueryParam("group_by")
        @Parameter(
                description = "The points of the time series; at most 750 of them.",
                schema =
                        @Schema(
                                type = SchemaType.STRING,
                                enumeration = {"hour", "day", "week", "month"},
                                defaultValue = "day"))
        @Nullable
        String groupBy) {

    /** What is given, by the names that delivery-service has for it. */
    Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        Queries.put(given, "event", event);
        Queries.put(given, "start_date", startDate);
        Queries.put(given, "end_date", endDate);
        Queries.put(given, "group_by", groupBy);
        return given;
    }
}
