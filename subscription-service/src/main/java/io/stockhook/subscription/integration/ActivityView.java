package io.stockhook.subscription.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How an integration stands, and what became of what was sent to it.
 *
 * @param syncCount deliveries that arrived; null if delivery-service does not say
 * @param errorCount deliveries that were given up; null if delivery-service does not say
 * @param successRate in percent; null if nothing has ended
 * @param recentActivity the newest first
 */
@Schema(name = "IntegrationReport", description = "How an integration stands, and what became of what was sent to it.")
public record ActivityView(
        @Schema(description = "Its name.", examples = "slack")
        String name,

        @Schema(description = "Its name for people.", examples = "Slack")
        String displayName,

        @Schema(description = "How it stands.", examples = "connected")
        IntegrationStatus status,

        @Schema(description = "Why the platform disabled it; null if it did not.") @Nullable
        String disabledReason,

        @Schema(description = "Whether it is configured.", examples = "true")
        boolean isConfigured,

        @Schema(
                description = "Whether delivery-service has told all of the figures and the activity: `available`,"
                        + " `partial`, or `unavailable`; what it did not tell is null or left out.",
                examples = "available")
        Completeness figures,

        @Schema(
                description = "When something last came of an event; null if nothing did.",
                examples = "2026-01-15T10:30:00Z")
        @Nullable
        Instant lastSync,

        @Schema(description = "Deliveries that arrived.", examples = "25") @Nullable
        Long syncCount,

        @Schema(description = "Deliveries that were given up.", examples = "2") @Nullable
        Long errorCount,

        @Schema(description = "Arrived, of those that have ended, in percent.", examples = "92.6") @Nullable
        Double successRate,

        @Schema(
                description = "What is configured, secrets as `***`; null if nothing is.",
                type = SchemaType.OBJECT,
                implementation = Object.class)
        @Nullable
        ObjectNode config,

        @Schema(description = "The newest deliveries, the newest first.")
        List<Activity> recentActivity) {

    /** Whether delivery-service has told everything. */
    public enum Completeness {
        /** It has. */
        @JsonProperty("available")
        AVAILABLE,
        /** Something is missing. */
        @JsonProperty("partial")
        PARTIAL,
        /** It has told nothing. */
        @JsonProperty("unavailable")
        UNAVAILABLE
    }

    /**
     * A delivery to the provider.
     *
     * @param event the event type
     * @param timestamp of the last attempt
     * @param message what it means, for people
     */
    @Schema(name = "IntegrationActivity", description = "A delivery to the provider.")
    public record Activity(
            @Schema(description = "The event type.", examples = "order.created")
            String event,

            @Schema(description = "When it was last attempted.", examples = "2026-01-15T10:30:00Z")
            Instant timestamp,

            @Schema(
                    description = "`success`, `failed`, or the delivery's state if nothing has been attempted.",
                    examples = "success")
            String status,

            @Schema(description = "What it means.", examples = "Slack took it.")
            String message,

            @Schema(description = "The response's status; null if there was none.", examples = "200") @Nullable
            Integer responseCode,

            @Schema(description = "The delivery.", examples = "dlv_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
            String deliveryId) {}
}
