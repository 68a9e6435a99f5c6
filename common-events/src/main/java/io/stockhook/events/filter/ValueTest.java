package io.stockhook.events.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Set;
import java.util.SortedSet;

/** A predicate on one value. A value of a type that it is not about does not pass. All are pure. */
sealed interface ValueTest {

    /** How many of a field's values are looked at where it has several. */
    int MAX_VALUES = 1_000;

    /** Whether a value passes that is there. */
    boolean passes(JsonNode value);

    /** Whether a field passes that is missing. */
    default boolean passesMissing() {
        return false;
    }

    /** How many of a field's values are looked at where it has several. */
    default int maxValues() {
        return MAX_VALUES;
    }

    /**
     * Whether a value is one of several.
     *
     * @param numbers in their natural order, by which 1.0 is 1
     * @param hasNull whether null is among them, which a missing field is as well
     */
    record OneOf(Set<String> texts, SortedSet<BigDecimal> numbers, boolean hasTrue, boolean hasFalse, boolean hasNull)
            implements ValueTest {

        @Override
        public boolean passes(JsonNode value) {
            return switch (value.getNodeType()) {
                case STRING -> texts.contains(value.textValue());
                case NUMBER -> !numbers.isEmpty() && numbers.contains(value.decimalValue());
                case BOOLEAN -> value.booleanValue() ? hasTrue : hasFalse;
                case NULL -> hasNull;
                default -> false;
            };
        }

        @Override
        public boolean passesMissing() {
            return hasNull;
        }
    }

    /** How a value is to lie to its bound. */
    enum Order {
        GREATER {
            @Override
            boolean holds(int comparison) {
                return comparison > 0;
            }
        },
        AT_LEAST {
            @Override
            boolean holds(int comparison) {
                return comparison >= 0;
            }
        },
        LESS {
            @Override
            boolean holds(int comparison) {
                return comparison < 0;
            }
        },
        AT_MOST {
            @Override
            boolean holds(int comparison) {
                return comparison <= 0;
            }
        };

        /** @param comparison of the value with the bound, as {@link Comparable} has it */
        abstract boolean holds(int comparison);
    }

    /** A number against a bound, exactly. */
    record ComparedNumber(Order order, BigDecimal bound) implements ValueTest {

        @Override
        public boolean passes(JsonNode value) {
            return value.isNumber() && order.holds(value.decimalValue().compareTo(bound));
        }
    }

    /** A text against a bound, by UTF-16 code units: RFC 3339 times of one form compare as times. */
    record ComparedText(Order order, String bound) implements ValueTest {

        @Override
        public boolean passes(JsonNode value) {
            return value.isTextual() && order.holds(value.textValue().compareTo(bound));
        }
    }

    /** How a text begins. */
    record StartsWith(String beginning) implements ValueTest {

        @Override
        public boolean passes(JsonNode value) {
            return value.isTextual() && value.textValue().startsWith(beginning);
        }
    }

    /** How a text ends. */
    record EndsWith(String end) implements ValueTest {

        @Override
        public boolean passes(JsonNode value) {
            return value.isTextual() && value.textValue().endsWith(end);
        }
    }

    /** Whether an expression is found in a text. */
    record Matches(Pattern expression) implements ValueTest {

        /** The longest text that is looked at, in characters; a longer one does not pass. */
        static final int MAX_LENGTH = 1024;
        /** How many texts are looked at where a field has several. */
        static final int MAX_TEXTS = 10;

        @Override
        public boolean passes(JsonNode value) {
            return value.isTextual()
                    && value.textValue().length() <= MAX_LENGTH
                    && expression.matcher(value.textValue()).find();
        }

        @Override
        public int maxValues() {
            return MAX_TEXTS;
        }
    }
}
