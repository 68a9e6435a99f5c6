package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Figures as delivery-service tells them; what a newer version of it tells beside them is passed over.
 *
 * @param items in the order in which they were asked for
 * @param summary null if it was not asked for, or could not be told in time
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Figures(List<OfWebhook> items, @Nullable Summary summary) {

    @SuppressWarnings("ConstantConditions") // JSON may leave out what the record's type says is there
    Figures {
        items = items == null ? List.of() : items;
    }

    /** The figures of one webhook; times in milliseconds, rates in percent, null where there is nothing to take one of. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record OfWebhook(
            String webhookId,
            long totalDeliveries,
            long successfulDeliveries,
            long failedDeliveries,
            long pendingRetry,
            @Nullable Double successRate,
            @Nullable Long avgResponseTime,
            @Nullable Long lastResponseTime,
            @Nullable Instant lastTriggered,
            long requestsThisHour,
            long requestsLastHour,
            Circuit circuit) {}

    /** The figures of all of a tenant's webhooks. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Summary(long totalEvents, @Nullable Double avgSuccessRate) {}

    /**
     * How the circuit of an endpoint stands.
     *
     * @param since null if it is closed
     * @param nextProbe null unless it is open
     */
    @Schema(name = "CircuitState", description = "Whether attempts go to the endpoint.")
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Circuit(
            @Schema(
                    description =
                            "`closed` if they go, `open` if none goes, `half_open` if a few go to see whether it is back.",
                    examples = "closed")
            String state,

            @Schema(description = "Since when; null if it is closed.", examples = "2026-01-15T10:35:00Z") @Nullable
            Instant since,

            @Schema(description = "While it is open: when attempts go again at the earliest.") @Nullable
            Instant nextProbe) {}
}
