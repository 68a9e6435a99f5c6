package io.stockhook.subscription.webhook;

import jakarta.ws.rs.QueryParam;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which of a webhook's deliveries are listed, as a {@code @BeanParam}. The values are delivery-service's to check. */
public record DeliveryListQuery(
        @QueryParam("event")
        @Parameter(
                description = "Of events of this type only, under whichever of its names.",
                example = "order.created")
        @Nullable
        String event,

        @QueryParam("status")
        @Parameter(
                description = "Where the delivery stands; `success` for delivered, `failed` for retrying and dead.",
                schema =
                        @Schema(
                                type = SchemaType.STRING,
                                enumeration = {
                                    "success",
                                    "failed",
                                    "scheduled",
                                    "delivered",
                                    "retrying",
                                    "dead",
                                    "held",
                                    "dropped",
                                    "awaiting_confirmation"
                                }),
                example = "failed")
        @Nullable
        String status,

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
        String endDate) {

    /** What is given, by the names that delivery-service has for it. */
    Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        Queries.put(given, "event", event);
        Queries.put(given, "status", status);
        Queries.put(given, "response_class", responseClass);
        Queries.put(given, "start_date", startDate);
        Queries.put(given, "end_date", endDate);
        return given;
    }
}
