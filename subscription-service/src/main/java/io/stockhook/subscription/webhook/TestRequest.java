package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook is tried with.
 *
 * @param event the event type; null for one that the webhook subscribes to
 * @param eventType another spelling of {@code event}
 * @param payload the event's data; null for a sample
 */
@Schema(name = "WebhookTestRequest", description = "What a webhook is tried with; a sample if nothing is said.")
public record TestRequest(
        @Schema(
                description = "The event type; one that the webhook subscribes to if left out.",
                examples = "order.created")
        @Nullable
        String event,

        @Schema(description = "The same as `event`.", examples = "order.created") @Nullable
        String eventType,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "The event's data; a sample if left out.",
                examples = "{\"order_id\": \"ORD-123\", \"status\": \"confirmed\"}")
        @Nullable
        JsonNode payload) {

    /** Nothing is said. */
    static final TestRequest DEFAULT = new TestRequest(null, null, null);
}
