package io.stockhook.subscription.eventtype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.web.validation.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event type to be made, with the first version of its payload.
 *
 * @param name two or more segments between dots
 * @param displayName null for one made of the name
 * @param description null for nothing
 * @param category null for {@code custom}
 * @param payloadSchema null for any object
 * @param examplePayload null for none
 */
@Schema(name = "EventTypeRequest", description = "An event type to be made, with the first version of its payload.")
public record EventTypeRequest(
        @Schema(
                description =
                        "Two or more segments of lower-case letters, digits and underscores between dots. What the"
                                + " platform has of that name, and `webhook.*` and `system.*`, cannot be taken.",
                examples = "crm.lead_won")
        @NotNull
        String name,

        @Schema(description = "What people call it; made of the name if left out.", examples = "Lead won")
        @Size(min = 1, max = 200)
        @PlainText
        @Nullable
        String displayName,

        @Schema(description = "When it happens.", examples = "A lead signed the contract.") @Size(max = 2000) @Nullable
        String description,

        @Schema(
                description = "What it is listed under; one of the platform's or one of your own.",
                defaultValue = "custom",
                examples = "sales")
        @Pattern(regexp = CATEGORY, message = CATEGORY_MESSAGE)
        @Nullable
        String category,

        @Schema(
                description =
                        "What the data of its events has to be: JSON Schema 2020-12. Any object if left out. It refers to"
                                + " its own parts only, not to itself, and its expressions are RE2.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples =
                        "{\"type\": \"object\", \"required\": [\"lead_id\"], \"properties\": {\"lead_id\": {\"type\": \"string\"}}}")
        @Nullable
        ObjectNode payloadSchema,

        @Schema(
                description = "Data as an event might have it; it must satisfy the schema.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples = "{\"lead_id\": \"L-17\"}")
        @Nullable
        ObjectNode examplePayload) {

    static final String CATEGORY = "[a-z][a-z0-9_]{0,63}";
    static final String CATEGORY_MESSAGE = "must be lower-case letters, digits and underscores, 64 at the most";
}
