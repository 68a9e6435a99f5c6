package io.stockhook.delivery.query;

import io.stockhook.web.problem.Problems;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Which statistics are shown, as a {@code @BeanParam}.
 *
 * @param webhookIds as they stand in the query; none for all
 * @param event as it stands in the query; an alias finds the type it stands for
 * @param startDate as it stands in the query
 * @param endDate as it stands in the query
 * @param groupBy as it stands in the query
 */
public record StatisticsFilter(
        @QueryParam("webhook_id")
        @Parameter(
                description = "Of this webhook only; may be there up to 50 times, for all of them together.",
                example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
        List<String> webhookIds,

        @QueryParam("event")
        @Parameter(
                description = "Of events of this type only, under whichever of its names.",
                example = "product.updated")
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

    /** How many webhooks can be asked for at once: more make a request line that is longer than is taken. */
    static final int MAX_WEBHOOKS = 50;

    /** @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming {@code webhook_id} if one is none, or there are too many */
    List<UUID> webhooks() {
        if (webhookIds.size() > MAX_WEBHOOKS) {
            throw Problems.badField("webhook_id", "May be there at most %d times.".formatted(MAX_WEBHOOKS));
        }
        return webhookIds.stream().map(FilterValues::webhookId).distinct().toList();
    }

    /** @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the parameter that does not fit */
    StatisticsPeriod period(Instant now) {
        return StatisticsPeriod.parse(startDate, endDate, unit(), now);
    }

    private GroupBy unit() {
        if (groupBy == null) {
            return GroupBy.DAY;
        }
        return Arrays.stream(GroupBy.values())
                .filter(unit -> unit.name().toLowerCase(Locale.ROOT).equals(groupBy))
                .findFirst()
                .orElseThrow(() -> Problems.badField("group_by", "Must be one of hour, day, week, month."));
    }
}
