package io.stockhook.events.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where to look in an event's data. A segment names a member of an object; of a list it is looked for in each element that is an
 * object, and a number is a position as well.
 *
 * @param segments at least one
 */
record FieldPath(List<String> segments) {

    private static final int MAX_POSITION_DIGITS = 6;

    /** Whether one of the values at this path passes; stops at the first that does. */
    boolean anyMatch(JsonNode data, Predicate<JsonNode> test) {
        return anyMatch(data, 0, test);
    }

    private boolean anyMatch(JsonNode node, int depth, Predicate<JsonNode> test) {
        if (depth == segments.size()) {
            return test.test(node);
        }
        String segment = segments.get(depth);
        if (node.isObject()) {
            JsonNode member = node.get(segment);
            return member != null && anyMatch(member, depth + 1, test);
        }
        if (!node.isArray()) {
            return false;
        }
        JsonNode positioned = isPosition(segment) ? node.get(Integer.parseInt(segment)) : null;
        if (positioned != null && anyMatch(positioned, depth + 1, test)) {
            return true;
        }
        for (JsonNode element : node) {
            if (element.isObject() && anyMatch(element, depth, test)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPosition(String segment) {
        return segment.length() <= MAX_POSITION_DIGITS
                && segment.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
