package io.stockhook.events.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class SchemaCompatibilityProperties {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of("a", "b", "c");

    @Property
    void aSchemaBreaksNothingOfItself(@ForAll("schemas") JsonNode schema) {
        PayloadSchema compiled = PayloadSchema.compile(schema.toString());

        assertThat(SchemaCompatibility.breaks(compiled, compiled)).isEmpty();
    }

    @Property(tries = 3_000)
    void dataOfAVersionThatBreaksNothingIsDataOfTheVersionBefore(
            @ForAll("schemas") JsonNode older, @ForAll("schemas") JsonNode change, @ForAll("values") JsonNode data) {
        PayloadSchema before = PayloadSchema.compile(older.toString());
        // One that has much of the other, since two of any kind hardly ever go together.
        JsonNode merged = older.isObject() && change.isObject()
                ? ((ObjectNode) older.deepCopy()).setAll((ObjectNode) change)
                : change;
        PayloadSchema now = PayloadSchema.compile(merged.toString());

        boolean breaksNothing = SchemaCompatibility.breaks(before, now).isEmpty();

        boolean isTried = breaksNothing && now.violations(data).isEmpty();
        if (isTried) {
            assertThat(before.violations(data)).isEmpty();
        }
        Statistics.label("a change that breaks nothing, with data of it")
                .collect(isTried && !before.expanded().equals(now.expanded()));
        Statistics.label("a change that breaks nothing, with data of it")
                .coverage(tried -> tried.check(true).percentage(share -> share > 1));
    }

    @Property
    void aMemberMoreBreaksNothingUnlessMembersWereBounded(@ForAll("schemas") JsonNode schema) {
        ObjectNode more = schema.deepCopy();
        more.withObject("/properties").set("brand_new", JSON.objectNode().put("type", "string"));

        var breaks = SchemaCompatibility.breaks(
                PayloadSchema.compile(schema.toString()), PayloadSchema.compile(more.toString()));

        assertThat(breaks.isEmpty())
                .isEqualTo(!schema.path("additionalProperties").isBoolean());
    }

    @Provide
    Arbitrary<JsonNode> schemas() {
        return schema(2);
    }

    @Provide
    Arbitrary<JsonNode> values() {
        return value(3);
    }

    private static Arbitrary<JsonNode> schema(int depth) {
        Arbitrary<List<String>> types = Arbitraries.of("object", "array", "string", "integer", "number", "null")
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(2);
        Arbitrary<Set<String>> required = Arbitraries.of(NAMES).set().ofMaxSize(2);
        Arbitrary<Integer> bounds = Arbitraries.integers().between(0, 3);
        Arbitrary<JsonNode> inner = depth == 0 ? Arbitraries.just((JsonNode) JSON.objectNode()) : schema(depth - 1);
        return Combinators.combine(
                        types.injectNull(0.4),
                        required.injectNull(0.4),
                        bounds.injectNull(0.6),
                        bounds.injectNull(0.6),
                        Arbitraries.maps(Arbitraries.of(NAMES), inner)
                                .ofMaxSize(2)
                                .injectNull(0.3),
                        inner.injectNull(0.6),
                        Arbitraries.of(
                                        JSON.booleanNode(false),
                                        JSON.objectNode().put("type", "string"))
                                .map(other -> (JsonNode) other)
                                .injectNull(0.7),
                        Arbitraries.of("x", "y")
                                .list()
                                .uniqueElements()
                                .ofMinSize(1)
                                .injectNull(0.8))
                .as((type, names, minimum, maxLength, properties, items, others, values) -> {
                    ObjectNode schema = JSON.objectNode();
                    if (type != null) {
                        type.forEach(schema.withArray("type")::add);
                    }
                    if (names != null) {
                        schema.putArray("required");
                        names.forEach(schema.withArray("required")::add);
                    }
                    if (minimum != null) {
                        schema.put("minimum", minimum);
                    }
                    if (maxLength != null) {
                        schema.put("maxLength", maxLength);
                    }
                    if (properties != null) {
                        schema.putObject("properties").setAll(properties);
                    }
                    if (items != null) {
                        schema.set("items", items);
                    }
                    if (others != null) {
                        schema.set("additionalProperties", others);
                    }
                    if (values != null) {
                        values.forEach(schema.withArray("enum")::add);
                    }
                    return schema;
                });
    }

    private static Arbitrary<JsonNode> value(int depth) {
        Arbitrary<JsonNode> plain = Arbitraries.oneOf(
                Arbitraries.of("", "x", "y", "long").map(JSON::textNode),
                Arbitraries.integers().between(-1, 4).map(JSON::numberNode),
                Arbitraries.just(JSON.numberNode(1.5)),
                Arbitraries.just(JSON.nullNode()));
        if (depth == 0) {
            return plain;
        }
        Arbitrary<JsonNode> objects = Arbitraries.maps(Arbitraries.of(NAMES), value(depth - 1))
                .ofMaxSize(3)
                .map(members -> JSON.objectNode().setAll(members));
        Arbitrary<JsonNode> lists = value(depth - 1).list().ofMaxSize(2).map(elements -> {
            var list = JSON.arrayNode();
            list.addAll(elements);
            return list;
        });
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, objects), net.jqwik.api.Tuple.of(1, lists), net.jqwik.api.Tuple.of(1, plain));
    }
}
