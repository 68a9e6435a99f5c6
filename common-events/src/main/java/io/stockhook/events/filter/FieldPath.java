package io.stockhook.events.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where to look in an event's data. A segment names a member of an object; of a list it is looked for in each element that is an
 * object, and a number is a position as well.
 *
 * @param segments at least one
 */
public record FieldPath(List<String> segments) {

    /** How many elements of lists are looked into on the way; what a filter costs must not grow with the data without a bound. */
    static final int MAX_ELEMENTS = 1_000;

    private static final int MAX_LENGTH = 256;
    private static final int MAX_SEGMENTS = 16;
    private static final int MAX_POSITION_DIGITS = 6;

    /**
     * The path that a text names, {@code order.total} for example.
     *
     * @throws IllegalArgumentException if there is an {@link #objection} to it
     */
    public static FieldPath parse(String path) {
        objection(path).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
        return new FieldPath(List.of(path.split("\\.", -1)));
    }

    /** What is wrong with a text that is to be a path, for whoever wrote it; empty if nothing is. */
    public static Optional<String> objection(String path) {
        List<String> segments = List.of(path.split("\\.", -1));
        if (path.length() > MAX_LENGTH || segments.size() > MAX_SEGMENTS) {
            return Optional.of("Must be the path of a field in at most %d characters and %d segments."
                    .formatted(MAX_LENGTH, MAX_SEGMENTS));
        }
        return segments.stream().anyMatch(String::isEmpty)
                ? Optional.of("Must be names between dots, order.total for example.")
                : Optional.empty();
    }

    /** The text of the first text, number, true or false at this path; null if there is none. */
    public @Nullable String firstText(JsonNode data) {
        String[] found = new String[1];
        boolean isFound = anyMatch(data, value -> {
            found[0] = value.isValueNode() && !value.isNull() ? value.asText() : null;
            return found[0] != null;
        });
        return isFound ? found[0] : null;
    }

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
