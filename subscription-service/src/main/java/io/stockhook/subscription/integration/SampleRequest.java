package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event that an integration is tried with.
 *
 * @param event its type; null for one of those that are configured
 * @param payload its data; null for an example
 * @param config for a preview, the configuration that it is to be made with, whole or not; null for what is configured
 */
@Schema(name = "IntegrationSample", description = "An event that an integration is tried with.")
public record SampleRequest(
        @Schema(description = "Its type; one of those that are configured if left out.", examples = "order.created")
        @Nullable
        String event,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "Its data; an example if left out.",
                examples = "{\"order_id\": \"ORD-123\", \"status\": \"confirmed\", \"amount\": 150.00}")
        @Nullable
        JsonNode payload,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description =
                        "Of a preview: the configuration that it is to be made with, whole or not; what is configured"
                                + " if left out. Nothing of it is kept.",
                examples = "{\"message_template\": \"Order {{order_id}} is {{status}}\"}")
        @Nullable
        ObjectNode config) {

    /** Nothing is said. */
    static final SampleRequest DEFAULT = new SampleRequest(null, null, null);
}
