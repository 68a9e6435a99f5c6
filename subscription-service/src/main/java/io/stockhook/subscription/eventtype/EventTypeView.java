package io.stockhook.subscription.eventtype;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.web.etag.Versioned;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event type as it is shown, with the newest version of its payload.
 *
 * @param payloadVersion the number of that version
 * @param emittedBy the service that emits it; {@code publishers} for whoever publishes it
 * @param lastTriggered when an event of it was there last, in this tenant; null for never, as far as is known
 * @param revision raised by every change; 1 for the platform's
 * @param createdAt null for the platform's
 * @param updatedAt null for the platform's
 */
@Schema(name = "EventType", description = "An event type, with the newest version of its payload.")
public record EventTypeView(
        @Schema(description = "What is subscribed to.", examples = "order.created")
        String name,

        @Schema(description = "What people call it.", examples = "Order created")
        String displayName,

        @Schema(description = "When it happens.", examples = "A new order was placed.") @Nullable
        String description,

        @Schema(description = "What it is listed under.", examples = "sales")
        String category,

        @Schema(description = "Other spellings, under which it can be subscribed to as well.", examples = "[]")
        List<String> aliases,

        @Schema(description = "Whether it is the tenant's own.", examples = "false")
        boolean custom,

        @Schema(
                description = "The service that emits it; `publishers` for whoever publishes it with `POST /events`.",
                examples = "publishers")
        String emittedBy,

        @Schema(description = "The number of the newest version of its payload.", examples = "1")
        @JsonProperty("version")
        int payloadVersion,

        @Schema(
                description = "What the data of its events is: JSON Schema 2020-12; null for any object.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples =
                        "{\"type\": \"object\", \"required\": [\"order_id\"], \"properties\": {\"order_id\": {\"type\": \"string\"}}}")
        @Nullable
        ObjectNode payloadSchema,

        @Schema(
                description = "Data as an event might have it.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples = "{\"order_id\": \"ORD-123\"}")
        @Nullable
        ObjectNode examplePayload,

        @Schema(description = "Whether it is not to be subscribed to any more.", examples = "false")
        boolean deprecated,

        @Schema(description = "Why it is deprecated.", examples = "Too coarse.") @Nullable
        String deprecationReason,

        @Schema(description = "What to subscribe to instead.", examples = "order.placed") @Nullable
        String replacement,

        @Schema(
                description = "How many of the tenant's webhooks get it, by its name, an alias or a pattern.",
                examples = "15")
        long webhooksCount,

        @Schema(description = "When an event of it was there last.", examples = "2026-01-15T10:35:00Z") @Nullable
        Instant lastTriggered,

        @Schema(description = "Raised by every change; the ETag.", examples = "1")
        long revision,

        @Schema(description = "When it was made; null for the platform's.", examples = "2026-01-15T10:30:00Z") @Nullable
        Instant createdAt,

        @Schema(description = "When it was last changed; null for the platform's.", examples = "2026-01-15T10:30:00Z")
        @Nullable
        Instant updatedAt)
        implements Versioned {

    @Override
    public String id() {
        return name;
    }

    @Override
    public long version() {
        return revision;
    }
}
