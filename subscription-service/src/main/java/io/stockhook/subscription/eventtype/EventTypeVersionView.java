package io.stockhook.subscription.eventtype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.web.etag.Versioned;
import io.stockhook.web.problem.FieldError;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A version of an event type's payload as it is shown.
 *
 * @param createdAt since when events are published in it; null for the first of the platform's types
 * @param breaks what it breaks for those who read the version before
 */
@Schema(name = "EventTypeVersion", description = "A version of an event type's payload.")
public record EventTypeVersionView(
        @Schema(description = "The event type.", examples = "crm.lead_won")
        String eventType,

        @Schema(description = "Its number, from 1 up.", examples = "2")
        long version,

        @Schema(description = "What is new in it.", examples = "Amounts have a currency.") @Nullable
        String description,

        @Schema(
                description = "What the data of its events is: JSON Schema 2020-12; null for any object.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples = "{\"type\": \"object\"}")
        @Nullable
        ObjectNode payloadSchema,

        @Schema(
                description = "Data as an event might have it.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples = "{\"lead_id\": \"L-17\"}")
        @Nullable
        ObjectNode examplePayload,

        @Schema(
                description = "How its data becomes data of the version before; null where leaving out is enough.",
                examples = "{\"lead_id\": {{{lead_id}}}}")
        @Nullable
        String downgrade,

        @Schema(
                description =
                        "What it breaks for those who read the version before; empty if it is backward compatible.",
                examples = "[]")
        List<FieldError> breaks,

        @Schema(description = "Since when events are published in it.", examples = "2026-01-15T10:30:00Z") @Nullable
        Instant createdAt)
        implements Versioned {

    @Override
    public String id() {
        return Long.toString(version);
    }
}
