package io.stockhook.subscription.eventtype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A new version of an event type's payload.
 *
 * @param description what is new in it; null for nothing to say
 * @param payloadSchema JSON Schema 2020-12
 * @param examplePayload null for none
 * @param downgrade a template that makes data of the version before; null to leave out what that version's schema does not name
 */
@Schema(name = "EventTypeVersionRequest", description = "A new version of an event type's payload.")
public record EventTypeVersionRequest(
        @Schema(description = "What is new in it.", examples = "Amounts have a currency.") @Size(max = 2000) @Nullable
        String description,

        @Schema(
                description = "What the data of its events has to be: JSON Schema 2020-12.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples = "{\"type\": \"object\", \"required\": [\"lead_id\"], \"properties\":"
                        + " {\"lead_id\": {\"type\": \"string\"}, \"currency\": {\"type\": \"string\"}}}")
        @NotNull
        ObjectNode payloadSchema,

        @Schema(
                description = "Data as an event might have it; it must satisfy the schema.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples = "{\"lead_id\": \"L-17\", \"currency\": \"EUR\"}")
        @Nullable
        ObjectNode examplePayload,

        @Schema(
                description = "How data of this version becomes data of the version before, for webhooks with a lower"
                        + " `payload_version`: a template as a webhook has it. Left out, what that version's"
                        + " schema does not name is left out.",
                examples = "{\"lead_id\": {{{lead_id}}}}")
        @Nullable
        String downgrade) {}
