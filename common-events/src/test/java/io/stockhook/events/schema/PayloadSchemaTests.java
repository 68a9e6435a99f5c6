package io.stockhook.events.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.events.EventData;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadSchemaTests {

    private static final String ORDER = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "required": ["order_id", "amount"],
              "properties": {
                "order_id": {"type": "string", "pattern": "^ORD-"},
                "amount": {"type": "number", "minimum": 0},
                "customer": {"$ref": "#/$defs/person"},
                "items": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}},
                "notes": {"type": "object"}
              },
              "$defs": {"person": {"type": "object", "properties": {"email": {"type": "string"}}}}
            }""";

    @Test
    void takesDataThatSatisfiesIt() throws IOException {
        assertThat(PayloadSchema.compile(ORDER)
                        .violations(EventData.read(
                                "{\"order_id\": \"ORD-1\", \"amount\": 1.5, \"customer\": {}, \"more\": 1}")))
                .isEmpty();
    }

    @Test
    void saysWhereDataDoesNotSatisfyIt() throws IOException {
        // When
        var violations = PayloadSchema.compile(ORDER)
                .violations(EventData.read(
                        "{\"order_id\": \"X\", \"customer\": {\"email\": 5}, \"items\": [{\"sku\": true}]}"));

        // Then
        assertThat(violations)
                .extracting(PayloadSchema.Violation::place)
                .containsExactlyInAnyOrder("amount", "order_id", "customer.email", "items[0].sku");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5                                                           |                       | JSON object
            {"type": "text"}                                            | type                  | JSON Schema
            {"properties": {"a": {"type": 5}}}                          | properties.a.type     | JSON Schema
            {"$schema": "http://json-schema.org/draft-07/schema#"}      | $schema               | 2020-12
            {"$ref": "#"}                                               | $ref                  | Refers to itself
            {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}| $ref.$ref             | Refers to itself
            {"properties": {"a": {"$ref": "#/properties/a"}}}           | properties.a.$ref.$ref | Refers to itself
            {"$ref": "https://example.com/schema.json"}                 | $ref                  | a part of this schema
            {"$ref": "#/$defs/none"}                                    | $ref                  | not there
            {"$ref": "#nowhere"}                                        | $ref                  | pointer
            {"properties": {"a": {"$id": "x"}}}                         | properties.a.$id      | not taken
            {"$defs": {}, "allOf": [{"$dynamicRef": "#x"}]}             | allOf[0].$dynamicRef  | not taken
            {"properties": {"a": {"pattern": "(?=x)"}}}                 | properties.a.pattern  | RE2
            {"patternProperties": {"(x": {}}}                           | patternProperties.(x  | RE2
            {"pattern": "(x{900}){2}"}                                  | pattern               | too expensive
            """)
    void refusesWhatIsNoSchemaOrCouldCostTooMuch(String json, String place, String reason) {
        assertThatThrownBy(() -> PayloadSchema.compile(json))
                .isInstanceOfSatisfying(InvalidSchemaException.class, refused -> {
                    assertThat(refused.place()).isEqualTo(place == null ? "" : place);
                    assertThat(refused.reason()).contains(reason);
                });
    }

    @Test
    void refusesAShortSchemaThatIsLongWrittenOut() {
        // Given
        String doubled = IntStream.range(0, 40)
                .mapToObj(i -> "\"a%d\": {\"allOf\": [{\"$ref\": \"#/$defs/a%d\"}, {\"$ref\": \"#/$defs/a%d\"}]}"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(", "));
        String bomb = "{\"$ref\": \"#/$defs/a0\", \"$defs\": {%s, \"a40\": {\"type\": \"object\"}}}".formatted(doubled);

        // Then
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThatThrownBy(() -> PayloadSchema.compile(bomb))
                        .isInstanceOf(InvalidSchemaException.class)
                        .hasMessageContaining("2000 schemas"));
    }

    @Test
    void looksForExpressionsInLinearTime() {
        // Given
        PayloadSchema schema = PayloadSchema.compile("{\"properties\": {\"a\": {\"pattern\": \"^(a+)+$\"}}}");

        // Then
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThat(
                        schema.violations(EventData.read("{\"a\": \"%s!\"}".formatted("a".repeat(5_000)))))
                .hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "amount,            true",
        "customer.email,    true",
        "customer.phone,    false",
        "items.sku,         true",
        "items.0.sku,       true",
        "items.price,       false",
        "notes.anything,    true",
        "amount.cents,      false",
        "total,             false"
    })
    void knowsWhatDataMayHave(String path, boolean mayHave) {
        assertThat(PayloadSchema.compile(ORDER).mayHave(path)).isEqualTo(mayHave);
    }

    @Test
    void namesTheMembersOfTheData() {
        assertThat(PayloadSchema.compile(ORDER).properties())
                .containsExactly("order_id", "amount", "customer", "items", "notes");
    }
}
