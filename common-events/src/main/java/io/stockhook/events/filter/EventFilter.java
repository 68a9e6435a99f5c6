package io.stockhook.events.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.EventData;
import java.io.IOException;
import java.util.List;

/**
 * A condition on an event's data, compiled once and asked of many events. What can be written, and what it means for fields that are
 * missing, null, lists or of another type, is in {@code docs/filters-and-templates.md}. Immutable and thread-safe.
 *
 * <p>What a filter may cost is bounded when it is compiled: {@value #MAX_CONDITIONS} conditions, nested {@value #MAX_DEPTH} deep,
 * with lists of {@value #MAX_LIST} values; regular expressions run in linear time, and on a bounded part of the data.
 */
public final class EventFilter {

    /** The longest filter, in characters of its JSON. */
    public static final int MAX_LENGTH = 16 * 1024;
    /** How many conditions a filter may have, all in all. */
    public static final int MAX_CONDITIONS = 100;
    /** How deep objects may be nested. */
    public static final int MAX_DEPTH = 10;
    /** How many values or alternatives a list may have. */
    public static final int MAX_LIST = 100;
    /** The longest text that a field is compared with, in characters. */
    public static final int MAX_TEXT = 1024;
    /** The longest regular expression, in characters. */
    public static final int MAX_REGEX = 256;

    /** Matches no event: what stands in for a filter that cannot be compiled, since taking everything instead would leak. */
    public static final EventFilter NOTHING = new EventFilter(new Condition.Any(List.of()));

    private final Condition condition;

    private EventFilter(Condition condition) {
        this.condition = condition;
    }

    /**
     * Compiles a filter; an empty object matches every event.
     *
     * @param json a JSON object
     * @throws InvalidFilterException if it is none, or not a filter
     */
    public static EventFilter compile(String json) {
        if (json.length() > MAX_LENGTH) {
            throw new InvalidFilterException(
                    FilterCompiler.ROOT, "Must be at most %d characters of JSON.".formatted(MAX_LENGTH));
        }
        JsonNode filter;
        try {
            filter = EventData.read(json);
        } catch (IOException e) {
            throw new InvalidFilterException(FilterCompiler.ROOT, "Must be a JSON object.");
        }
        return new EventFilter(new FilterCompiler().compile(filter));
    }

    /** Whether the data satisfies the filter; data that is no JSON satisfies none. */
    public boolean matches(EventData data) {
        JsonNode root = data.root();
        return root != null && condition.holds(root);
    }
}
