package io.stockhook.subscription.eventtype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.EventTypes;
import io.stockhook.events.schema.InvalidSchemaException;
import io.stockhook.events.schema.PayloadSchema;
import io.stockhook.events.schema.SchemaCompatibility;
import io.stockhook.events.template.BodyTemplate;
import io.stockhook.events.template.InvalidTemplateException;
import io.stockhook.subscription.eventtype.catalog.Catalog;
import io.stockhook.subscription.eventtype.catalog.PlatformType;
import io.stockhook.web.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of event types that take more than a look at one value. Pure. */
final class EventTypeRules {

    private static final String SCHEMA = "payload_schema";
    private static final String EXAMPLE = "example_payload";
    private static final int MAX_EXAMPLE = 32 * 1024;
    private static final String ANY_OBJECT = "{}";

    private EventTypeRules() {}

    /** Everything that is wrong with a new type. */
    static List<FieldError> check(EventTypeRequest request, Catalog catalog) {
        List<FieldError> errors = new ArrayList<>();
        checkName(request.name(), catalog, errors);
        checkPayload(request.payloadSchema(), request.examplePayload(), errors);
        return errors;
    }

    /** Everything that is wrong with a new version, its compatibility aside. */
    static List<FieldError> check(EventTypeVersionRequest request) {
        List<FieldError> errors = new ArrayList<>();
        checkPayload(request.payloadSchema(), request.examplePayload(), errors);
        if (request.downgrade() != null) {
            try {
                BodyTemplate.compile(request.downgrade());
            } catch (InvalidTemplateException e) {
                errors.add(new FieldError("downgrade", e.reason()));
            }
        }
        return errors;
    }

    /**
     * Everything that is wrong with a change of a type.
     *
     * @param isKnown whether there is a type of the name that stands in for it
     */
    static List<FieldError> check(String name, EventTypeChange change, boolean isKnown) {
        List<FieldError> errors = new ArrayList<>();
        if (!change.isDeprecated()) {
            if (change.deprecationReason() != null) {
                errors.add(new FieldError("deprecation_reason", "Is for a type whose deprecated is true."));
            }
            if (change.replacement() != null) {
                errors.add(new FieldError("replacement", "Is for a type whose deprecated is true."));
            }
            return errors;
        }
        if (change.replacement() != null && (change.replacement().equals(name) || !isKnown)) {
            errors.add(new FieldError("replacement", "Must be the name of another event type."));
        }
        return errors;
    }

    /** What a schema breaks of the one before; null for a schema stands for any object. */
    static List<FieldError> breaks(@Nullable String older, @Nullable String newer) {
        return breaks(compiled(older), compiled(newer));
    }

    static List<FieldError> breaks(PayloadSchema older, PayloadSchema newer) {
        return SchemaCompatibility.breaks(older, newer).stream()
                .map(broken -> new FieldError(field(SCHEMA, broken.place()), broken.message()))
                .toList();
    }

    private static PayloadSchema compiled(@Nullable String schema) {
        return PayloadSchema.compile(schema == null ? ANY_OBJECT : schema);
    }

    private static void checkName(String name, Catalog catalog, List<FieldError> errors) {
        if (!EventTypes.isName(name)) {
            errors.add(new FieldError(
                    "name",
                    "Must be two or more segments of lower-case letters, digits and underscores between dots, %d characters at the most."
                            .formatted(EventTypes.MAX_LENGTH)));
            return;
        }
        PlatformType taken = catalog.find(name);
        if (taken != null) {
            errors.add(new FieldError(
                    "name",
                    taken.name().equals(name)
                            ? "Is an event type of the platform; publish events of it, or choose another name."
                            : "Is another spelling of %s, an event type of the platform.".formatted(taken.name())));
        } else if (EventTypes.isReserved(name)) {
            errors.add(new FieldError(
                    "name", "Must not begin with webhook. or system., which the platform keeps for itself."));
        }
    }

    private static void checkPayload(
            @Nullable ObjectNode schema, @Nullable ObjectNode example, List<FieldError> errors) {
        String exampleText = JsonText.of(example);
        if (exampleText != null && exampleText.length() > MAX_EXAMPLE) {
            errors.add(new FieldError(EXAMPLE, "Must be at most %d characters of JSON.".formatted(MAX_EXAMPLE)));
        }
        if (schema == null) {
            return;
        }
        try {
            PayloadSchema compiled = PayloadSchema.compile(String.valueOf(JsonText.of(schema)));
            if (example != null) {
                compiled.violations(example)
                        .forEach(violation -> errors.add(new FieldError(
                                field(EXAMPLE, violation.place()),
                                "Does not satisfy payload_schema: %s.".formatted(violation.message()))));
            }
        } catch (InvalidSchemaException e) {
            errors.add(new FieldError(field(SCHEMA, e.place()), e.reason()));
        }
    }

    private static String field(String field, String place) {
        return place.isEmpty() ? field : place.startsWith("[") ? field + place : field + '.' + place;
    }
}
