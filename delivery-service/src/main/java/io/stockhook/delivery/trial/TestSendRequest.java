package io.stockhook.delivery.trial;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A sample to try a webhook with.
 *
 * @param version the version of the webhook that is to be tried at least; null for whichever is known
 */
@Schema(name = "TestSendRequest", description = "A sample to try a webhook with.")
public record TestSendRequest(
        @Schema(description = "The webhook to be tried.", example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d91") @NotNull
        String webhookId,

        @Schema(description = "The version of it that is to be tried at least.", example = "3") @Nullable
        Long version,

        @Schema(description = "The event type that the sample is sent as.", example = "order.created") @NotNull
        String event,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "The event's data.",
                example = "{\"order_id\":\"ORD-123\"}")
        @NotNull
        JsonNode payload) {}
