package io.stockhook.events.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stockhook.events.EventData;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class EventFilterProperties {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Property(tries = 500)
    void notAllIsAnyNot(
            @ForAll("conditions") JsonNode one, @ForAll("conditions") JsonNode other, @ForAll("json") JsonNode data) {
        // When
        boolean notAll = matches("{\"$not\":{\"$and\":[%s,%s]}}".formatted(one, other), data);
        boolean anyNot = matches("{\"$or\":[{\"$not\":%s},{\"$not\":%s}]}".formatted(one, other), data);

        // Then
        assertThat(notAll).isEqualTo(anyNot);
    }

    @Property(tries = 500)
    void notAnyIsAllNot(
            @ForAll("conditions") JsonNode one, @ForAll("conditions") JsonNode other, @ForAll("json") JsonNode data) {
        // When
        boolean notAny = matches("{\"$not\":{\"$or\":[%s,%s]}}".formatted(one, other), data);
        boolean allNot = matches("{\"$and\":[{\"$not\":%s},{\"$not\":%s}]}".formatted(one, other), data);

        // Then
        assertThat(notAny).isEqualTo(allNot);
    }

    @Property(tries = 500)
    void everyConditionHoldsOrItsOppositeDoes(@ForAll("conditions") JsonNode condition, @ForAll("json") JsonNode data) {
        assertThat(matches(condition.toString(), data)).isNotEqualTo(matches("{\"$not\":" + condition + "}", data));
    }

    @Property(tries = 500)
    void ninIsNotInAndNeIsNotEq(
            @ForAll("scalarLists") JsonNode values, @ForAll("paths") String path, @ForAll("json") JsonNode data) {
        assertThat(matches("{\"%s\":{\"$nin\":%s}}".formatted(path, values), data))
                .isNotEqualTo(matches("{\"%s\":{\"$in\":%s}}".formatted(path, values), data));
        assertThat(matches("{\"%s\":{\"$ne\":%s}}".formatted(path, values.get(0)), data))
                .isNotEqualTo(matches("{\"%s\":{\"$eq\":%s}}".formatted(path, values.get(0)), data));
    }

    @Property(tries = 500)
    void aListMeansAnyOfItsValues(
            @ForAll("scalarLists") JsonNode values, @ForAll("paths") String path, @ForAll("json") JsonNode data) {
        // A single value may bound another field (min_a bounds a); a list never does.
        Assume.that(!path.contains("min_") && !path.contains("max_"));

        // When
        boolean listed = matches("{\"%s\":%s}".formatted(path, values), data);

        // Then
        boolean any = false;
        for (JsonNode value : values) {
            any |= matches("{\"%s\":%s}".formatted(path, value), data);
        }
        assertThat(listed).isEqualTo(any);
    }

    @Property(tries = 500)
    void everyKeyMustHold(
            @ForAll("conditions") JsonNode one, @ForAll("conditions") JsonNode other, @ForAll("json") JsonNode data) {
        // Given
        var both = NODES.objectNode();
        one.properties().forEach(entry -> both.set(entry.getKey(), entry.getValue()));
        other.properties().forEach(entry -> both.set(entry.getKey(), entry.getValue()));

        // When
        boolean holds = matches(both.toString(), data);

        // Then
        boolean each = true;
        for (var entry : both.properties()) {
            each &= matches(
                    NODES.objectNode().set(entry.getKey(), entry.getValue()).toString(), data);
        }
        assertThat(holds).isEqualTo(each);
    }

    @Property(tries = 500)
    void aNestedObjectMeansADottedPath(@ForAll("fieldConditions") JsonNode condition, @ForAll("json") JsonNode data) {
        assertThat(matches("{\"a\":{\"b\":%s}}".formatted(condition), data))
                .isEqualTo(matches("{\"a.b\":%s}".formatted(condition), data));
    }

    @Property(tries = 500)
    void numbersCompareAsDecimalsDo(@ForAll("numbers") BigDecimal bound, @ForAll("numbers") BigDecimal value) {
        // Given
        JsonNode data = NODES.objectNode().set("x", NODES.numberNode(value));
        int comparison = value.compareTo(bound);

        // Then
        assertThat(matches("{\"x\":" + bound + "}", data)).isEqualTo(comparison == 0);
        assertThat(matches("{\"x\":{\"$gt\":" + bound + "}}", data)).isEqualTo(comparison > 0);
        assertThat(matches("{\"x\":{\"$gte\":" + bound + "}}", data)).isEqualTo(comparison >= 0);
        assertThat(matches("{\"x\":{\"$lt\":" + bound + "}}", data)).isEqualTo(comparison < 0);
        assertThat(matches("{\"min_x\":" + bound + "}", data)).isEqualTo(comparison >= 0);
        assertThat(matches("{\"max_x\":" + bound + "}", data)).isEqualTo(comparison <= 0);
    }

    @Property(tries = 2_000)
    void anyJsonIsAFilterOrRefusedAndMatchesAnyDataWithoutThrowing(
            @ForAll("anyFilters") JsonNode filter, @ForAll("json") JsonNode data) {
        assertCompilesOrIsRefused(
                filter.toString(), new EventData(data.toString().getBytes(UTF_8)));
    }

    @Property(tries = 1_000)
    void anyTextIsAFilterOrRefused(@ForAll String text) {
        assertCompilesOrIsRefused(text, new EventData("{}".getBytes(UTF_8)));
    }

    @Property(tries = 2_000)
    void anyExpressionCompilesOrIsRefused(@ForAll("expressions") String expression, @ForAll String text) {
        // Given
        JsonNode filter = NODES.objectNode().set("a", NODES.objectNode().put("$regex", expression));
        JsonNode data = NODES.objectNode().put("a", text);

        // Then
        assertCompilesOrIsRefused(
                filter.toString(), new EventData(data.toString().getBytes(UTF_8)));
    }

    @Property(tries = 500)
    void anyBytesAreDataOrMatchNothing(@ForAll @Size(max = 64) byte[] bytes) {
        // Given
        EventFilter filter = EventFilter.compile("{\"a\":{\"$ne\":1}}");
        EventData data = new EventData(bytes);

        // When
        boolean matches = filter.matches(data);

        // Then
        if (data.root() == null) {
            assertThat(matches).isFalse();
        }
    }

    private static void assertCompilesOrIsRefused(String text, EventData data) {
        try {
            EventFilter.compile(text).matches(data);
        } catch (InvalidFilterException e) {
            assertThat(e.place()).startsWith("filters");
            assertThat(e.reason()).endsWith(".");
        }
    }

    private static boolean matches(String filter, JsonNode data) {
        return EventFilter.compile(filter).matches(new EventData(data.toString().getBytes(UTF_8)));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "a.b", "b.a", "a.b.a", "a.0", "0", "min_a");
    }

    @Provide
    Arbitrary<BigDecimal> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.bigDecimals().ofScale(3).between(BigDecimal.valueOf(-5), BigDecimal.valueOf(5)),
                Arbitraries.of("1", "1.0", "10e-1", "0", "1e400", "1e-400", "-1e400", "123456789012345678901234567890")
                        .map(BigDecimal::new),
                Combinators.combine(
                                Arbitraries.integers(), Arbitraries.integers().between(-100_000, 100_000))
                        .as((unscaled, scale) -> BigDecimal.valueOf(unscaled, scale)));
    }

    @Provide
    Arbitrary<JsonNode> scalars() {
        return Arbitraries.oneOf(
                Arbitraries.of("", "x", "xy", "y", "1").map(NODES::textNode),
                Arbitraries.of("0", "1", "1.0", "2", "-3", "1e400").map(text -> NODES.numberNode(new BigDecimal(text))),
                Arbitraries.of(true, false).map(NODES::booleanNode),
                Arbitraries.just(NODES.nullNode()));
    }

    @Provide
    Arbitrary<JsonNode> scalarLists() {
        return scalars().list().ofMinSize(1).ofMaxSize(4).map(EventFilterProperties::array);
    }

    @Provide
    Arbitrary<JsonNode> json() {
        return json(3);
    }

    private Arbitrary<JsonNode> json(int depth) {
        if (depth == 0) {
            return scalars();
        }
        Arbitrary<JsonNode> below = json(depth - 1);
        Arbitrary<JsonNode> objects = Arbitraries.maps(Arbitraries.of("a", "b", "min_a", "0"), below)
                .ofMaxSize(4)
                .map(members -> NODES.objectNode().setAll(members));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(5, objects),
                net.jqwik.api.Tuple.of(2, below.list().ofMaxSize(3).map(EventFilterProperties::array)),
                net.jqwik.api.Tuple.of(1, scalars()));
    }

    /** What may stand behind a field. */
    @Provide
    Arbitrary<JsonNode> fieldConditions() {
        Arbitrary<JsonNode> compared = Combinators.combine(
                        Arbitraries.of("$gt", "$gte", "$lt", "$lte", "$startsWith", "$endsWith", "$regex"),
                        Arbitraries.of("x", "y", "1"))
                .as((operator, text) -> NODES.objectNode().put(operator, text));
        Arbitrary<JsonNode> bounded = Combinators.combine(
                        Arbitraries.of("$gt", "$gte", "$lt", "$lte"),
                        Arbitraries.integers().between(-2, 2))
                .as((operator, number) -> NODES.objectNode().put(operator, number));
        Arbitrary<JsonNode> equal = Combinators.combine(Arbitraries.of("$eq", "$ne"), scalars())
                .as((operator, value) -> NODES.objectNode().set(operator, value));
        Arbitrary<JsonNode> listed = Combinators.combine(Arbitraries.of("$in", "$nin"), scalarLists())
                .as((operator, value) -> NODES.objectNode().set(operator, value));
        Arbitrary<JsonNode> existing =
                Arbitraries.of(true, false).map(exists -> NODES.objectNode().put("$exists", exists));
        Arbitrary<JsonNode> simple =
                Arbitraries.oneOf(scalars(), scalarLists(), compared, bounded, equal, listed, existing);
        return Arbitraries.oneOf(
                simple,
                simple.map(condition -> NODES.objectNode().set("$not", condition)),
                simple.list().ofMinSize(1).ofMaxSize(3).map(conditions -> NODES.objectNode()
                        .set("$or", array(conditions))));
    }

    @Provide
    Arbitrary<JsonNode> conditions() {
        Arbitrary<JsonNode> fields = Combinators.combine(paths(), fieldConditions())
                .as((path, condition) -> NODES.objectNode().set(path, condition));
        return Arbitraries.oneOf(
                fields,
                fields.map(condition -> NODES.objectNode().set("$not", condition)),
                fields.list().ofMinSize(1).ofMaxSize(3).map(conditions -> NODES.objectNode()
                        .set("$and", array(conditions))));
    }

    /** Filters, what looks like them, and what does not. */
    @Provide
    Arbitrary<JsonNode> anyFilters() {
        return anyFilter(4);
    }

    private Arbitrary<JsonNode> anyFilter(int depth) {
        if (depth == 0) {
            return scalars();
        }
        Arbitrary<JsonNode> below = anyFilter(depth - 1);
        Arbitrary<String> keys = Arbitraries.oneOf(
                Arbitraries.of(
                        "a",
                        "a.b",
                        "min_a",
                        "$eq",
                        "$ne",
                        "$in",
                        "$nin",
                        "$gt",
                        "$lte",
                        "$exists",
                        "$startsWith",
                        "$regex",
                        "$and",
                        "$or",
                        "$not",
                        "$",
                        "",
                        ".",
                        "a..b"),
                Arbitraries.strings().ofMaxLength(5));
        return Arbitraries.oneOf(
                scalars(),
                below.list().ofMaxSize(3).map(EventFilterProperties::array),
                Arbitraries.maps(keys, below).ofMaxSize(3).map(members -> NODES.objectNode()
                        .setAll(members)));
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(
                        "a",
                        "[",
                        "]",
                        "(",
                        ")",
                        "*",
                        "+",
                        "?",
                        "{",
                        "}",
                        "{2,3}",
                        "{1000}",
                        "\\",
                        "\\pL",
                        "\\Q",
                        "\\E",
                        "|",
                        "^",
                        "$",
                        ".",
                        "(?i)",
                        "(?P<n>",
                        "(?:",
                        "\\d",
                        "[^",
                        "-",
                        "\\x{10FFFF}",
                        "\\1",
                        "ß",
                        "\uD800")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static JsonNode array(List<? extends JsonNode> values) {
        return NODES.arrayNode().addAll(values);
    }
}
