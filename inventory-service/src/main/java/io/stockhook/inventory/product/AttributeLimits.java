package io.stockhook.inventory.product;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How large attributes may be, so that an event with the old and the new ones stays far below the limit of an event's data.
 */
final class AttributeLimits {

    static final int MAX_BYTES = 16 * 1024;
    static final int MAX_DEPTH = 8;
    static final int MAX_NAME_LENGTH = 128;

    private AttributeLimits() {}

    /** What is wrong, in words that follow the field's name; empty if nothing is. */
    static Optional<String> violation(ObjectNode attributes) {
        if (attributes.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("must not be longer than %d bytes of JSON".formatted(MAX_BYTES));
        }
        return violation(attributes, 1);
    }

    private static Optional<String> violation(JsonNode node, int depth) {
        if (node.isContainerNode() && depth > MAX_DEPTH) {
            return Optional.of("must not be nested deeper than %d levels".formatted(MAX_DEPTH));
        }
        for (var member : node.properties()) {
            if (member.getKey().length() > MAX_NAME_LENGTH) {
                return Optional.of("must not have names longer than %d characters".formatted(MAX_NAME_LENGTH));
            }
        }
        for (JsonNode child : node) {
            var violation = violation(child, depth + 1);
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }
}
