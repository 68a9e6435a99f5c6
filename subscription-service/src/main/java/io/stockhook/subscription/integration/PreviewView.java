package io.stockhook.subscription.integration;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What would be sent of an event. */
@Schema(name = "IntegrationPreview", description = "What would be sent of an event; nothing is.")
public record PreviewView(
        @Schema(description = "The event type.", examples = "order.created")
        String event,

        @Schema(description = "Whether the configuration has events of this type sent.", examples = "true")
        boolean isWanted,

        @Schema(description = "The HTTP method.", examples = "POST")
        String method,

        @Schema(description = "Where it would go, its secret part as `***`.", examples = "https://hooks.slack.com/***")
        String url,

        @Schema(description = "Of the body.", examples = "application/json")
        String contentType,

        @Schema(
                description = "The body, character for character as it would be sent, secrets as `***`.",
                examples = "{\"text\":\"Order ORD-123 is confirmed\"}")
        String body,

        @Schema(description = "What the provider would object to.")
        List<String> warnings) {}
