package io.stockhook.events.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a filter compiles into: a tree of predicates on an event's data. All are pure. */
sealed interface Condition {

    /** Whether the data satisfies it. */
    boolean holds(JsonNode data);

    /** All of them; true if there are none. */
    record All(List<Condition> conditions) implements Condition {

        @Override
        public boolean holds(JsonNode data) {
            for (Condition condition : conditions) {
                if (!condition.holds(data)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** One of them at least; false if there are none. */
    record Any(List<Condition> conditions) implements Condition {

        @Override
        public boolean holds(JsonNode data) {
            for (Condition condition : conditions) {
                if (condition.holds(data)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The opposite. */
    record Not(Condition condition) implements Condition {

        @Override
        public boolean holds(JsonNode data) {
            return !condition.holds(data);
        }
    }

    /** Whether there is anything at the path, null included. */
    record Exists(FieldPath path) implements Condition {

        @Override
        public boolean holds(JsonNode data) {
            return path.anyMatch(data, value -> true);
        }
    }

    /** Whether a value at the path, or an element of a list there, passes the test. */
    record AtPath(FieldPath path, ValueTest test) implements Condition {

        @Override
        public boolean holds(JsonNode data) {
            var looking = new Looking(test);
            return path.anyMatch(data, looking::at) || (test.passesMissing() && !looking.hasSeenAny);
        }
    }

    /** One look for a value that passes. */
    final class Looking {
        private final ValueTest test;
        private int left;
        private boolean hasSeenAny;

        private Looking(ValueTest test) {
            this.test = test;
            this.left = test.maxValues();
        }

        private boolean at(JsonNode value) {
            hasSeenAny = true;
            if (!value.isArray()) {
                return passes(value);
            }
            for (JsonNode element : value) {
                if (left <= 0) {
                    return false;
                }
                if (passes(element)) {
                    return true;
                }
            }
            return false;
        }

        private boolean passes(JsonNode value) {
            return left-- > 0 && test.passes(value);
        }
    }
}
