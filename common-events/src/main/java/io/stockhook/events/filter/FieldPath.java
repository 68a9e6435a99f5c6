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

    /** How many elements of lists are looked into on the way; what a filter costs must not grow with the data without a bound. */
    static final int MAX_ELEMENTS = 1_000;

    private static final int MAX_POSITION_DIGITS = 6;

    /** Whether one of the values at this path passes; stops at the first that does. */
    boolean anyMatch(JsonNode data, Predicate<JsonNode> test) {
        return new Walk(test).anyMatch(data, 0);
    }

    /** One walk through an event's data. */
    private final class Walk {
        private final Predicate<JsonNode> test;
        private int elementsLeft = MAX_ELEMENTS;

        Walk(Predicate<JsonNode> test) {
            this.test = test;
        }

        boolean anyMatch(JsonNode node, int depth) {
            if (depth == segments.size()) {
                return test.test(node);
            }
            String segment = segments.get(depth);
            if (node.isObject()) {
                JsonNode member = node.get(segment);
                return member != null && anyMatch(member, depth + 1);
            }
            if (!node.isArray()) {
                return false;
            }
            JsonNode positioned = isPosition(segment) ? node.get(Integer.parseInt(segment)) : null;
            return (positioned != null && anyMatch(positioned, depth + 1)) || anyElementMatches(node, depth);
        }

        private boolean anyElementMatches(JsonNode list, int depth) {
            for (JsonNode element : list) {
                if (elementsLeft-- <= 0) {
                    return false;
                }
                if (element.isObject() && anyMatch(element, depth)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isPosition(String segment) {
        return segment.length() <= MAX_POSITION_DIGITS
                && segment.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
