package io.stockhook.events.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a new version of a payload breaks for those who read the version before. A version breaks nothing if all data that satisfies it satisfies
 * the one before as well, and still has every member that one names. Compares one pair of schemas and is thrown away.
 *
 * <p>Sound, not complete: what cannot be compared ({@code anyOf}, {@code not} and their like, unless they are the same) counts as a break.
 */
public final class SchemaCompatibility {

    private static final int MAX_BREAKS = 50;
    private static final int MAX_SHOWN_VALUES = 5;
    private static final List<String> TYPES =
            List.of("array", "boolean", "integer", "null", "number", "object", "string");
    /** What must stay as it is, because nothing tells which of two is narrower. */
    private static final List<String> FIXED = List.of(
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "contains",
            "minContains",
            "maxContains",
            "prefixItems",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "contentEncoding",
            "contentMediaType",
            "multipleOf",
            "pattern",
            "format");

    private static final List<String> LOWER = List.of("minimum", "minLength", "minItems", "minProperties");
    private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems", "maxProperties");

    private final List<Break> breaks = new ArrayList<>();

    private SchemaCompatibility() {}

    /**
     * Something that readers of the older version do not expect.
     *
     * @param place where in the new schema, {@code properties.price.type} for example
     * @param message what has changed and whom it surprises, for a person
     */
    public record Break(String place, String message) {}

    /** Everything that the newer version breaks, the first {@value #MAX_BREAKS}; empty if it is backward compatible. */
    public static List<Break> breaks(PayloadSchema older, PayloadSchema newer) {
        var comparison = new SchemaCompatibility();
        comparison.compare(older.expanded(), newer.expanded(), "");
        return comparison.breaks.stream().limit(MAX_BREAKS).toList();
    }

    private void compare(JsonNode older, JsonNode newer, String place) {
        if (older.equals(newer) || takesAnything(older) || isFalse(newer)) {
            return;
        }
        if (isFalse(older)) {
            add(place, "Was never there and may be now.");
            return;
        }
        compareTypes(older, newer, place);
        compareValues(older, newer, place);
        compareBounds(older, newer, place);
        compareFixed(older, newer, place);
        compareLists(older, newer, place);
        compareObjects(older, newer, place);
    }

    private void compareTypes(JsonNode older, JsonNode newer, String place) {
        Set<String> before = types(older);
        Set<String> added = new TreeSet<>(types(newer));
        added.removeAll(before);
        if (before.contains("number")) {
            added.remove("integer");
        }
        if (!added.isEmpty()) {
            add(at(place, "type"), "May be %s now, and was %s.".formatted(either(added), either(before)));
        }
    }

    private static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        Set<String> types = new TreeSet<>();
        if (type.isTextual()) {
            types.add(type.textValue());
        } else if (type.isArray()) {
            type.forEach(one -> types.add(one.asText()));
        } else if (schema.has("const")) {
            types.add(typeOf(schema.get("const")));
        } else if (schema.has("enum")) {
            schema.get("enum").forEach(value -> types.add(typeOf(value)));
        } else {
            types.addAll(TYPES);
        }
        return types;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case OBJECT -> "object";
            default -> "string";
        };
    }

    private void compareValues(JsonNode older, JsonNode newer, String place) {
        if (!older.has("enum") && !older.has("const")) {
            return;
        }
        if (!newer.has("enum") && !newer.has("const")) {
            add(at(place, older.has("enum") ? "enum" : "const"), "May have any value now.");
            return;
        }
        Set<JsonNode> added = values(newer);
        added.removeAll(values(older));
        if (!added.isEmpty()) {
            add(
                    at(place, newer.has("enum") ? "enum" : "const"),
                    "May be %s now, which nobody expects.".formatted(shown(added)));
        }
    }

    private static Set<JsonNode> values(JsonNode schema) {
        Set<JsonNode> values = new LinkedHashSet<>();
        if (schema.has("const")) {
            values.add(schema.get("const"));
        } else {
            schema.path("enum").forEach(values::add);
        }
        return values;
    }

    private void compareBounds(JsonNode older, JsonNode newer, String place) {
        for (String bound : LOWER) {
            compareBound(older, newer, bound, 1, place);
        }
        for (String bound : UPPER) {
            compareBound(older, newer, bound, -1, place);
        }
        compareBound(older, newer, "exclusiveMinimum", 1, place);
        compareBound(older, newer, "exclusiveMaximum", -1, place);
    }

    /** @param narrower the sign of what a bound may change by */
    private void compareBound(JsonNode older, JsonNode newer, String bound, int narrower, String place) {
        if (!older.path(bound).isNumber()) {
            return;
        }
        BigDecimal before = older.get(bound).decimalValue();
        if (!newer.path(bound).isNumber()) {
            add(at(place, bound), "Is not bounded any more; it was %s.".formatted(before));
            return;
        }
        BigDecimal now = newer.get(bound).decimalValue();
        if (now.compareTo(before) * narrower < 0) {
            add(at(place, bound), "Is %s now, and was %s.".formatted(now, before));
        }
    }

    private void compareFixed(JsonNode older, JsonNode newer, String place) {
        for (String keyword : FIXED) {
            if (older.has(keyword) && !Objects.equals(older.get(keyword), newer.get(keyword))) {
                add(
                        at(place, keyword),
                        "Has changed in a way that readers may not expect; only the same can be compared.");
            }
        }
        for (JsonNode part : older.path("allOf")) {
            boolean isKept = false;
            for (JsonNode kept : newer.path("allOf")) {
                isKept |= kept.equals(part);
            }
            if (!isKept) {
                add(at(place, "allOf"), "Does not ask for all that it asked for.");
            }
        }
        for (String keyword : List.of("unevaluatedProperties", "unevaluatedItems")) {
            if (older.has(keyword)) {
                add(at(place, keyword), "Cannot be compared unless everything beside it stays as it is.");
            }
        }
    }

    private void compareLists(JsonNode older, JsonNode newer, String place) {
        if (older.path("uniqueItems").asBoolean() && !newer.path("uniqueItems").asBoolean()) {
            add(at(place, "uniqueItems"), "May hold the same element twice now.");
        }
        if (!older.has("items")) {
            return;
        }
        if (!older.has("prefixItems") && newer.has("prefixItems")) {
            add(at(place, "prefixItems"), "Cannot be compared with elements that were all alike.");
        } else if (newer.has("items")) {
            compare(older.get("items"), newer.get("items"), at(place, "items"));
        } else if (!takesAnything(older.get("items"))) {
            add(at(place, "items"), "May hold anything now.");
        }
    }

    private void compareObjects(JsonNode older, JsonNode newer, String place) {
        JsonNode before = older.path("properties");
        JsonNode now = newer.path("properties");
        String properties = at(place, "properties");
        for (var property : before.properties()) {
            if (now.has(property.getKey())) {
                compare(property.getValue(), now.get(property.getKey()), at(properties, property.getKey()));
            } else {
                add(at(properties, property.getKey()), "Is gone, and may be read.");
            }
        }
        for (JsonNode required : older.path("required")) {
            if (!contains(newer.path("required"), required)) {
                add(at(properties, required.asText()), "May be missing now, and was always there.");
            }
        }
        compareOthers(older, newer, place);
    }

    /** What an object may hold beside the members that both versions name. */
    private void compareOthers(JsonNode older, JsonNode newer, String place) {
        if (older.has("patternProperties") && !older.get("patternProperties").equals(newer.path("patternProperties"))) {
            add(at(place, "patternProperties"), "Has changed; only the same can be compared.");
        }
        JsonNode others = older.path("additionalProperties");
        boolean isBound = !others.isMissingNode() && !takesAnything(others);
        for (var property : newer.path("properties").properties()) {
            boolean isNew = !older.path("properties").has(property.getKey());
            if (isNew && older.has("patternProperties")) {
                add(
                        at(at(place, "properties"), property.getKey()),
                        "Is new, and cannot be compared with patternProperties.");
            } else if (isNew && isBound && others.isBoolean()) {
                add(at(at(place, "properties"), property.getKey()), "Is new, and additionalProperties was false.");
            } else if (isNew && isBound) {
                compare(others, property.getValue(), at(at(place, "properties"), property.getKey()));
            }
        }
        if (!isBound) {
            return;
        }
        if (!older.has("patternProperties") && newer.has("patternProperties")) {
            add(at(place, "patternProperties"), "Is new, and additionalProperties was bounded.");
        }
        if (newer.has("additionalProperties")) {
            compare(others, newer.get("additionalProperties"), at(place, "additionalProperties"));
        } else {
            add(at(place, "additionalProperties"), "May hold anything now.");
        }
    }

    private static boolean contains(JsonNode list, JsonNode wanted) {
        for (JsonNode one : list) {
            if (one.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean takesAnything(JsonNode schema) {
        return schema.isBoolean() ? schema.booleanValue() : schema.isObject() && schema.isEmpty();
    }

    private static boolean isFalse(JsonNode schema) {
        return schema.isBoolean() && !schema.booleanValue();
    }

    private void add(String place, String message) {
        breaks.add(new Break(place, message));
    }

    private static String at(String place, String keyword) {
        return SchemaExpansion.place(place, keyword);
    }

    private static String either(Set<String> types) {
        return types.size() == TYPES.size() ? "anything" : String.join(" or ", types);
    }

    private static String shown(Set<JsonNode> values) {
        List<String> shown =
                values.stream().limit(MAX_SHOWN_VALUES).map(JsonNode::toString).toList();
        return String.join(", ", shown) + (values.size() > MAX_SHOWN_VALUES ? ", ..." : "");
    }
}
