package io.stockhook.receiver.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An order webhook as it was taken in: the answer to its sender and the data of its event.
 *
 * @param id the id of the event that it became
 * @param eventType as it was sent
 * @param event as it was sent
 * @param createdAt as it was sent
 * @param updatedAt as it was sent
 */
@Schema(description = "An order webhook that was taken in.")
public record ReceivedOrderWebhook(
        @Schema(description = "The id of the event that it became.", example = "evt_0198c7a05f2e7c3ab1d94e6f7a8b9c0d")
        String id,

        @Schema(description = "The event type.", example = "product.updated")
        String eventType,

        @Schema(description = "What happened, as it was sent.", example = "Product ID 12 updated with new quantity")
        JsonNode event,

        @Schema(description = "When the sender's record was created.", example = "2025-09-22T12:00:00Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", example = "2025-09-22T12:00:00Z")
        Instant updatedAt) {}
