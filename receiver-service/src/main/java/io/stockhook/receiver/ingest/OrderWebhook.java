package io.stockhook.receiver.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.EventTypes;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An order webhook as a third party sends it.
 *
 * @param eventType a type's name, see {@link EventTypes}
 * @param event what happened, a text or any JSON
 * @param createdAt when the third party's record was created
 * @param updatedAt when it was last changed
 */
@Schema(description = "An inbound order webhook.")
public record OrderWebhook(
        @Schema(
                description = "The event type: lower-case segments between dots.",
                example = "product.updated",
                required = true)
        @NotNull
        @EventTypeName
        String eventType,

        @Schema(
                description = "What happened: a text, or any JSON.",
                example = "Product ID 12 updated with new quantity",
                required = true)
        @NotNull
        @NotJsonNull
        JsonNode event,

        @Schema(
                description = "When the sender's record was created.",
                example = "2025-09-22T12:00:00Z",
                required = true)
        @NotNull
        Instant createdAt,

        @Schema(description = "When it was last changed.", example = "2025-09-22T12:00:00Z", required = true) @NotNull
        Instant updatedAt) {}
