package io.stockhook.events.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.stockhook.events.EventData;
import io.stockhook.events.Expressions;
import io.stockhook.events.filter.ValueTest.Order;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compiles one filter and is thrown away. Every refusal names its place. */
final class FilterCompiler {

    /** What every place begins with: the field that filters are given in. */
    static final String ROOT = "filters";

    /** What all expressions of a filter may come to; each step through a text costs this much at worst. */
    private static final int MAX_PROGRAM = 300;

    private static final int MAX_SHOWN_KEY = 64;
    private static final String MINIMUM = "min_";
    private static final String MAXIMUM = "max_";
    private static final List<String> OF_FIELDS = List.of(
            "$eq", "$ne", "$in", "$nin", "$gt", "$gte", "$lt", "$lte", "$exists", "$startsWith", "$endsWith", "$regex");

    private int conditions;
    private int programSize;

    Condition compile(JsonNode filter) {
        if (!filter.isObject()) {
            throw new InvalidFilterException(ROOT, "Must be a JSON object, of fields and what they must be.");
        }
        return filter.isEmpty() ? new Condition.All(List.of()) : object(filter, "", ROOT, 1);
    }

    /**
     * Everything that an object asks for.
     *
     * @param path the field that it is about, dotted; empty for the whole data
     */
    private Condition object(JsonNode object, String path, String place, int depth) {
        if (object.isEmpty()) {
            throw new InvalidFilterException(place, "Must have a condition, {\"$exists\": true} for example.");
        }
        if (depth > EventFilter.MAX_DEPTH) {
            throw new InvalidFilterException(place, "Is nested deeper than %d.".formatted(EventFilter.MAX_DEPTH));
        }
        List<Condition> all = new ArrayList<>(object.size());
        for (var entry : object.properties()) {
            all.add(member(entry.getKey(), entry.getValue(), path, place + '.' + shown(entry.getKey()), depth));
        }
        return all.size() == 1 ? all.get(0) : new Condition.All(List.copyOf(all));
    }

    private Condition member(String key, JsonNode value, String path, String place, int depth) {
        if (!key.startsWith("$")) {
            return field(path.isEmpty() ? key : path + '.' + key, value, place, depth);
        }
        return switch (key) {
            case "$and" -> new Condition.All(alternatives(value, path, place, depth));
            case "$or" -> new Condition.Any(alternatives(value, path, place, depth));
            case "$not" -> new Condition.Not(condition(value, path, place, depth));
            default -> operator(key, value, path, place);
        };
    }

    private List<Condition> alternatives(JsonNode list, String path, String place, int depth) {
        requireList(list, place, "Must be a list of conditions");
        List<Condition> all = new ArrayList<>(list.size());
        for (int index = 0; index < list.size(); index++) {
            all.add(condition(list.get(index), path, "%s[%d]".formatted(place, index), depth));
        }
        return List.copyOf(all);
    }

    private Condition condition(JsonNode value, String path, String place, int depth) {
        if (value.isObject()) {
            return object(value, path, place, depth + 1);
        }
        if (path.isEmpty()) {
            throw new InvalidFilterException(place, "Must be an object of fields and what they must be.");
        }
        return equality(value, path, place);
    }

    /** A value stands for itself, a list for one of its values; {@code min_} and {@code max_} stand for bounds. */
    private Condition field(String path, JsonNode value, String place, int depth) {
        FieldPath field = path(path, place);
        String name = field.segments().get(field.segments().size() - 1);
        if (isBound(name) && (value.isNumber() || value.isTextual())) {
            String bounded = path.substring(0, path.length() - name.length()) + name.substring(MINIMUM.length());
            Condition itself = new Condition.Exists(field);
            Order order = name.startsWith(MINIMUM) ? Order.AT_LEAST : Order.AT_MOST;
            Condition bound = bound(order, value, path(bounded, place), place);
            conditions--; // two here, one to whoever wrote it
            Condition equal = equality(value, path, place);
            return new Condition.Any(List.of(
                    new Condition.All(List.of(itself, equal)),
                    new Condition.All(List.of(new Condition.Not(itself), bound))));
        }
        return condition(value, path, place, depth);
    }

    private static boolean isBound(String name) {
        return (name.startsWith(MINIMUM) || name.startsWith(MAXIMUM)) && name.length() > MINIMUM.length();
    }

    private Condition operator(String operator, JsonNode operand, String path, String place) {
        if (!OF_FIELDS.contains(operator)) {
            throw new InvalidFilterException(
                    place, "Is no operator; there are %s, $and, $or and $not.".formatted(String.join(", ", OF_FIELDS)));
        }
        if (path.isEmpty()) {
            throw new InvalidFilterException(
                    place, "Stands inside a field's object: {\"field\": {\"%s\": ...}}.".formatted(operator));
        }
        FieldPath field = path(path, place);
        return switch (operator) {
            case "$eq" -> oneOf(field, List.of(operand), place, "%s");
            case "$ne" -> new Condition.Not(oneOf(field, List.of(operand), place, "%s"));
            case "$in" -> listed(field, operand, place);
            case "$nin" -> new Condition.Not(listed(field, operand, place));
            case "$gt" -> bound(Order.GREATER, operand, field, place);
            case "$gte" -> bound(Order.AT_LEAST, operand, field, place);
            case "$lt" -> bound(Order.LESS, operand, field, place);
            case "$lte" -> bound(Order.AT_MOST, operand, field, place);
            case "$exists" -> existence(field, operand, place);
            case "$startsWith" ->
                at(field, new ValueTest.StartsWith(text(operand, EventFilter.MAX_TEXT, place)), place);
            case "$endsWith" -> at(field, new ValueTest.EndsWith(text(operand, EventFilter.MAX_TEXT, place)), place);
            default -> at(field, new ValueTest.Matches(expression(operand, place)), place);
        };
    }

    private Condition equality(JsonNode value, String path, String place) {
        FieldPath field = path(path, place);
        return value.isArray() ? listed(field, value, place) : oneOf(field, List.of(value), place, "%s");
    }

    private Condition listed(FieldPath field, JsonNode list, String place) {
        requireList(list, place, "Must be a list of texts, numbers, true, false or null");
        List<JsonNode> values = new ArrayList<>(list.size());
        list.forEach(values::add);
        return oneOf(field, values, place, "%s[%d]");
    }

    /** @param placeOfValue how the place of the value at a position is written */
    private Condition oneOf(FieldPath field, List<JsonNode> values, String place, String placeOfValue) {
        Set<String> texts = new HashSet<>();
        SortedSet<BigDecimal> numbers = new TreeSet<>();
        boolean hasTrue = false;
        boolean hasFalse = false;
        boolean hasNull = false;
        for (int index = 0; index < values.size(); index++) {
            JsonNode value = values.get(index);
            String at = placeOfValue.formatted(place, index);
            switch (value.getNodeType()) {
                case STRING -> texts.add(bounded(value.textValue(), EventFilter.MAX_TEXT, at));
                case NUMBER -> numbers.add(number(value, at));
                case BOOLEAN -> {
                    hasTrue |= value.booleanValue();
                    hasFalse |= !value.booleanValue();
                }
                case NULL -> hasNull = true;
                default ->
                    throw new InvalidFilterException(
                            at, "Must be a text, a number, true, false or null; $in takes a list of them.");
            }
        }
        return at(
                field,
                new ValueTest.OneOf(
                        Set.copyOf(texts), Collections.unmodifiableSortedSet(numbers), hasTrue, hasFalse, hasNull),
                place);
    }

    private Condition bound(Order order, JsonNode bound, FieldPath field, String place) {
        if (bound.isNumber()) {
            return at(field, new ValueTest.ComparedNumber(order, number(bound, place)), place);
        }
        if (bound.isTextual()) {
            String text = bounded(bound.textValue(), EventFilter.MAX_TEXT, place);
            return at(field, new ValueTest.ComparedText(order, text), place);
        }
        throw new InvalidFilterException(place, "Must be a number, or a text to compare texts with.");
    }

    private Condition existence(FieldPath field, JsonNode operand, String place) {
        if (!operand.isBoolean()) {
            throw new InvalidFilterException(place, "Must be true or false.");
        }
        count(place);
        Condition exists = new Condition.Exists(field);
        return operand.booleanValue() ? exists : new Condition.Not(exists);
    }

    private Pattern expression(JsonNode operand, String place) {
        String text = text(operand, EventFilter.MAX_REGEX, place);
        Pattern expression;
        try {
            expression = Expressions.compile(text);
        } catch (Expressions.InvalidExpressionException e) {
            throw new InvalidFilterException(place, e.reason());
        }
        programSize += expression.programSize();
        if (programSize > MAX_PROGRAM) {
            throw new InvalidFilterException(
                    place,
                    "Makes the regular expressions too expensive; use fewer or shorter repetitions and classes.");
        }
        return expression;
    }

    private Condition at(FieldPath field, ValueTest test, String place) {
        count(place);
        return new Condition.AtPath(field, test);
    }

    private void count(String place) {
        conditions++;
        if (conditions > EventFilter.MAX_CONDITIONS) {
            throw new InvalidFilterException(
                    place, "Is one condition more than the %d of a filter.".formatted(EventFilter.MAX_CONDITIONS));
        }
    }

    private static FieldPath path(String path, String place) {
        FieldPath.objection(path).ifPresent(objection -> {
            throw new InvalidFilterException(place, objection);
        });
        return FieldPath.parse(path);
    }

    private static void requireList(JsonNode list, String place, String what) {
        if (!list.isArray() || list.isEmpty() || list.size() > EventFilter.MAX_LIST) {
            throw new InvalidFilterException(place, "%s, 1 to %d.".formatted(what, EventFilter.MAX_LIST));
        }
    }

    private static String text(JsonNode operand, int max, String place) {
        if (!operand.isTextual() || operand.textValue().isEmpty()) {
            throw new InvalidFilterException(place, "Must be a text of 1 to %d characters.".formatted(max));
        }
        return bounded(operand.textValue(), max, place);
    }

    private static String bounded(String text, int max, String place) {
        if (text.length() > max) {
            throw new InvalidFilterException(place, "Must have at most %d characters.".formatted(max));
        }
        return text;
    }

    private static BigDecimal number(JsonNode value, String place) {
        BigDecimal number = value.decimalValue();
        if (Math.abs((long) number.precision() - number.scale()) > EventData.MAX_EXPONENT) {
            throw new InvalidFilterException(
                    place, "Must be a number with an exponent of at most %d.".formatted(EventData.MAX_EXPONENT));
        }
        return number;
    }

    private static String shown(String key) {
        return key.length() <= MAX_SHOWN_KEY ? key : key.substring(0, MAX_SHOWN_KEY) + "...";
    }
}
