package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.web.etag.Versioned;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An integration as it is shown.
 *
 * @param name in paths
 * @param status how it stands
 * @param disabledReason why the platform disabled it; null if it did not
 * @param defaultMessageTemplate null if the provider takes no message
 * @param config what is configured, secrets as {@code ***}; null if nothing is
 * @param webhookIds the webhooks that deliver to it; empty if nothing is configured
 * @param version raised by every change; 0 if nothing is configured
 * @param createdAt null if nothing is configured
 * @param updatedAt null if nothing is configured
 */
@Schema(name = "Integration", description = "A third-party service that events go to.")
public record IntegrationView(
        @Schema(description = "Its name in paths, and in `managed_by` of its webhooks.", examples = "slack")
        String name,

        @Schema(description = "Its name for people.", examples = "Slack")
        String displayName,

        @Schema(description = "What one gets of it.", examples = "Send notifications to a Slack channel.")
        String description,

        @Schema(description = "What it is for.", examples = "communication")
        Category category,

        @Schema(
                description = "The provider's own documentation.",
                examples = "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks")
        String docsUrl,

        @Schema(
                description =
                        "`available`: can be configured. `connected`: events go to it. `disabled`: somebody disabled"
                                + " its webhooks. `error`: the platform did, because the provider took nothing.",
                examples = "connected")
        IntegrationStatus status,

        @Schema(
                description = "Why the platform disabled it; null if it did not.",
                examples = "The endpoint answered 410 Gone, which means that it wants no more deliveries.")
        @Nullable
        String disabledReason,

        @Schema(description = "Whether it can be configured.", examples = "true")
        boolean isAvailable,

        @Schema(description = "Whether it is configured.", examples = "true")
        boolean isConfigured,

        @Schema(description = "What a configuration consists of, for a form to be drawn.")
        List<ConfigField> configFields,

        @Schema(
                description = "The message where none is configured; null if it takes none.",
                examples = "*{{type}}* {{subject}}")
        @Nullable
        String defaultMessageTemplate,

        @Schema(
                description =
                        "What is configured, secrets as `***`; null if nothing is. To change it, send it back changed.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples =
                        "{\"webhook_url\": \"***\", \"channel\": \"#orders\", \"notifications\": {\"order.created\": true}, \"message_template\": \"New order {{order_id}}\", \"is_active\": true}")
        @Nullable
        ObjectNode config,

        @Schema(description = "The webhooks that deliver to it; several where event types have messages of their own.")
        List<String> webhookIds,

        @Schema(description = "Raised by every change; the ETag. 0 if nothing is configured.", examples = "1")
        long version,

        @Schema(description = "When it was first configured.", examples = "2026-01-15T10:30:00Z") @Nullable
        Instant createdAt,

        @Schema(description = "When it was last configured.", examples = "2026-01-15T10:30:00Z") @Nullable
        Instant updatedAt)
        implements Versioned {

    @Override
    public String id() {
        return name;
    }
}
