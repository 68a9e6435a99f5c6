package io.stockhook.events.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.Expressions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes a schema out: every {@code $ref} replaced by what it refers to, and nothing left that only explains. Expands one schema and is thrown
 * away.
 *
 * <p>What cannot be written out in bounded space is refused: it would take as long to validate with.
 */
final class SchemaExpansion {

    private static final String REF = "$ref";
    private static final String ID = "$id";
    private static final String ALL_OF = "allOf";
    private static final String LOCAL = "#";
    private static final int MAX_PATTERN = 256;
    /** What all expressions of a schema may come to; each step through a text costs this much at worst. */
    private static final int MAX_PROGRAM = 1_000;

    private static final Set<String> ONE = Set.of(
            "items",
            "contains",
            "additionalProperties",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
            "unevaluatedItems",
            "unevaluatedProperties");
    private static final Set<String> LISTED = Set.of(ALL_OF, "anyOf", "oneOf", "prefixItems");
    private static final Set<String> NAMED = Set.of("properties", "patternProperties", "dependentSchemas");
    private static final Set<String> EXPLAINING = Set.of(
            "$schema",
            ID,
            "$defs",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentSchema",
            "definitions");
    private static final Set<String> REFUSED =
            Set.of("$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$vocabulary");

    private final JsonNode root;
    private final Deque<String> refs = new ArrayDeque<>();
    private int subschemas;
    private int programSize;

    private SchemaExpansion(JsonNode root) {
        this.root = root;
    }

    /**
     * The schema written out.
     *
     * @param schema one that the meta-schema has nothing against
     * @throws InvalidSchemaException naming the place
     */
    static JsonNode of(JsonNode schema) {
        return new SchemaExpansion(schema).expand(schema, "");
    }

    private JsonNode expand(JsonNode schema, String place) {
        subschemas++;
        if (subschemas > PayloadSchema.MAX_SUBSCHEMAS) {
            throw new InvalidSchemaException(
                    place,
                    "Comes to more than %d schemas, with each $ref written out."
                            .formatted(PayloadSchema.MAX_SUBSCHEMAS));
        }
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode expanded = JsonNodeFactory.instance.objectNode();
        for (var entry : schema.properties()) {
            String keyword = entry.getKey();
            JsonNode value = entry.getValue();
            String at = place(place, keyword);
            if (REFUSED.contains(keyword) || (keyword.equals(ID) && !place.isEmpty())) {
                throw new InvalidSchemaException(
                        at, "Is not taken; refer to other parts of the schema by $ref: #/$defs/name.");
            }
            if (EXPLAINING.contains(keyword) || keyword.equals(REF)) {
                continue;
            }
            if (ONE.contains(keyword)) {
                expanded.set(keyword, expand(value, at));
            } else if (LISTED.contains(keyword)) {
                expanded.set(keyword, list(value, at));
            } else if (NAMED.contains(keyword)) {
                expanded.set(keyword, named(value, at, keyword.equals("patternProperties")));
            } else {
                if (keyword.equals("pattern")) {
                    checkPattern(value.asText(), at);
                }
                expanded.set(keyword, value);
            }
        }
        return schema.has(REF) ? referring(schema.get(REF).asText(), expanded, place(place, REF)) : expanded;
    }

    /** What is said beside a {@code $ref} holds as well, which is what {@code allOf} says. */
    private JsonNode referring(String ref, ObjectNode beside, String place) {
        JsonNode target = target(ref, place);
        if (beside.isEmpty()) {
            return target;
        }
        ArrayNode all = beside.withArray(ALL_OF);
        all.add(target);
        return beside;
    }

    private JsonNode target(String ref, String place) {
        if (!ref.startsWith(LOCAL)) {
            throw new InvalidSchemaException(place, "Must refer to a part of this schema: #/$defs/name.");
        }
        if (refs.contains(ref)) {
            throw new InvalidSchemaException(place, "Refers to itself, and could be written out for ever.");
        }
        JsonNode target;
        try {
            target = root.at(ref.substring(LOCAL.length()));
        } catch (IllegalArgumentException e) {
            throw new InvalidSchemaException(place, "Must be a JSON pointer after #: #/$defs/name.");
        }
        if (target.isMissingNode() || ref.equals(LOCAL)) {
            throw new InvalidSchemaException(
                    place,
                    ref.equals(LOCAL)
                            ? "Refers to itself, and could be written out for ever."
                            : "Refers to '%s', which is not there.".formatted(ref));
        }
        refs.push(ref);
        JsonNode expanded = expand(target, place);
        refs.pop();
        return expanded;
    }

    private JsonNode list(JsonNode schemas, String place) {
        ArrayNode expanded = JsonNodeFactory.instance.arrayNode();
        for (int index = 0; index < schemas.size(); index++) {
            expanded.add(expand(schemas.get(index), "%s[%d]".formatted(place, index)));
        }
        return expanded;
    }

    private JsonNode named(JsonNode schemas, String place, boolean isByPattern) {
        ObjectNode expanded = JsonNodeFactory.instance.objectNode();
        for (var entry : schemas.properties()) {
            String at = place(place, entry.getKey());
            if (isByPattern) {
                checkPattern(entry.getKey(), at);
            }
            expanded.set(entry.getKey(), expand(entry.getValue(), at));
        }
        return expanded;
    }

    private void checkPattern(String pattern, String place) {
        if (pattern.length() > MAX_PATTERN) {
            throw new InvalidSchemaException(place, "Must have at most %d characters.".formatted(MAX_PATTERN));
        }
        try {
            programSize += Expressions.compile(pattern).programSize();
        } catch (Expressions.InvalidExpressionException e) {
            throw new InvalidSchemaException(place, e.reason());
        }
        if (programSize > MAX_PROGRAM) {
            throw new InvalidSchemaException(
                    place,
                    "Makes the regular expressions too expensive; use fewer or shorter repetitions and classes.");
        }
    }

    static String place(String path, String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }
}
