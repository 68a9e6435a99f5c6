package io.stockhook.events.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Whether data of an expanded schema may have something at a path. */
final class SchemaPaths {

    private static final List<String> IN_PLACE = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> BRANCHES = List.of("if", "then", "else");

    private SchemaPaths() {}

    static boolean mayHave(JsonNode schema, List<String> path) {
        if (path.isEmpty() || isOpen(schema)) {
            return true;
        }
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        JsonNode member = schema.path("properties").path(name);
        if (!member.isMissingNode() && mayHave(member, rest)) {
            return true;
        }
        if (mayHaveInside(schema.path("additionalProperties"), rest)
                || schema.has("patternProperties")
                || schema.has("unevaluatedProperties")) {
            return true;
        }
        JsonNode items = schema.path("items");
        // A number is a position, any other name one of each element's members.
        if (items.isObject() && (mayHave(items, path) || (isPosition(name) && mayHave(items, rest)))) {
            return true;
        }
        if (schema.has("prefixItems")) {
            return true;
        }
        for (String keyword : IN_PLACE) {
            for (JsonNode part : schema.path(keyword)) {
                if (namesSomething(part) && mayHave(part, path)) {
                    return true;
                }
            }
        }
        return BRANCHES.stream()
                .map(schema::path)
                .anyMatch(part -> part.isObject() && namesSomething(part) && mayHave(part, path));
    }

    private static boolean mayHaveInside(JsonNode additional, List<String> rest) {
        return additional.isObject() && mayHave(additional, rest);
    }

    /** An object or a list of which nothing is said. One whose type is a text, say, has no members at all. */
    private static boolean isOpen(JsonNode schema) {
        if (!schema.isObject()) {
            return schema.isBoolean() && schema.booleanValue();
        }
        return !namesSomething(schema) && mayBeOneOf(schema.path("type"), "object", "array");
    }

    private static boolean namesSomething(JsonNode schema) {
        return schema.has("properties")
                || schema.has("items")
                || schema.has("prefixItems")
                || IN_PLACE.stream().anyMatch(schema::has)
                || BRANCHES.stream().anyMatch(schema::has);
    }

    private static boolean mayBeOneOf(JsonNode type, String... wanted) {
        if (type.isMissingNode()) {
            return true;
        }
        for (String one : wanted) {
            if (type.asText().equals(one)) {
                return true;
            }
            for (JsonNode listed : type) {
                if (listed.asText().equals(one)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isPosition(String name) {
        return !name.isEmpty() && name.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
