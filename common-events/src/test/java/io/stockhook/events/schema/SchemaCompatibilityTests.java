package io.stockhook.events.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCompatibilityTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"properties": {"a": {"type": "string"}}}     | {"properties": {"a": {"type": "string"}, "b": {}}}
            {"properties": {"a": {"type": "string"}}}     | {"properties": {"a": {"type": "string"}}, "required": ["a"]}
            {"type": "number"}                            | {"type": "integer"}
            {"type": ["string", "null"]}                  | {"type": "string"}
            {"enum": ["a", "b"]}                          | {"enum": ["a"]}
            {"enum": ["a", "b"]}                          | {"const": "b"}
            {"minimum": 0}                                | {"minimum": 1}
            {"maxLength": 10}                             | {"maxLength": 5}
            {"items": {"type": "number"}}                 | {"items": {"type": "integer"}}
            {"type": "object"}                            | {"type": "object", "properties": {"a": {}}, "additionalProperties": false}
            {"additionalProperties": {"type": "string"}}  | {"additionalProperties": {"type": "string"}, "properties": {"a": {"type": "string"}}}
            {"title": "A", "properties": {"a": {"description": "x"}}} | {"title": "B", "properties": {"a": {"description": "y"}}}
            {"properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"type": "string"}}} | {"properties": {"a": {"type": "string"}}}
            {"anyOf": [{"required": ["a"]}]}              | {"anyOf": [{"required": ["a"]}], "minProperties": 1}
            {"allOf": [{"required": ["a"]}]}              | {"allOf": [{"required": ["a"]}, {"required": ["b"]}]}
            """)
    void findsNothingThatReadersWouldTripOver(String older, String newer) {
        assertThat(breaks(older, newer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"properties": {"a": {}}}                     | {}                                                | properties.a
            {"properties": {"a": {}}, "required": ["a"]}  | {"properties": {"a": {}}}                         | properties.a
            {"properties": {"a": {"type": "string"}}}     | {"properties": {"a": {"type": "integer"}}}        | properties.a.type
            {"properties": {"a": {"type": "string"}}}     | {"properties": {"a": {"type": ["string", "null"]}}} | properties.a.type
            {"type": "integer"}                           | {"type": "number"}                                | type
            {"enum": ["a"]}                               | {"enum": ["a", "b"]}                              | enum
            {"type": "string", "enum": ["a"]}             | {"type": "string"}                                | enum
            {"type": "string", "const": "a"}              | {"type": "string", "const": "b"}                  | const
            {"minimum": 1}                                | {"minimum": 0}                                    | minimum
            {"maxItems": 5}                               | {}                                                | maxItems
            {"pattern": "^a"}                             | {"pattern": "^b"}                                 | pattern
            {"format": "email"}                           | {}                                                | format
            {"uniqueItems": true}                         | {}                                                | uniqueItems
            {"items": {"properties": {"a": {"type": "string"}}}} | {"items": {"properties": {"a": {"type": "null"}}}} | items.properties.a.type
            {"items": {"type": "string"}}                 | {}                                                | items
            {"additionalProperties": false}               | {"additionalProperties": false, "properties": {"a": {}}} | properties.a
            {"additionalProperties": false}               | {}                                                | additionalProperties
            {"additionalProperties": {"type": "string"}}  | {"additionalProperties": {"type": "string"}, "properties": {"a": {"type": "null"}}} | properties.a.type
            {"anyOf": [{"required": ["a"]}]}              | {"anyOf": [{"required": ["b"]}]}                  | anyOf
            {"allOf": [{"required": ["a"]}]}              | {}                                                | allOf
            {"patternProperties": {"^x": {"type": "string"}}} | {"patternProperties": {"^x": {"type": "null"}}} | patternProperties
            {"additionalProperties": false}               | {"additionalProperties": false, "patternProperties": {"x": {}}} | patternProperties
            {"unevaluatedProperties": false}              | {"unevaluatedProperties": false, "properties": {"a": {}}} | unevaluatedProperties
            """)
    void namesThePlaceThatReadersWouldTripOver(String older, String newer, String place) {
        assertThat(breaks(older, newer))
                .extracting(SchemaCompatibility.Break::place)
                .contains(place);
    }

    @Test
    void saysWhatHasChangedForAPerson() {
        // When
        var breaks = breaks(
                "{\"properties\": {\"status\": {\"enum\": [\"draft\"]}, \"amount\": {\"type\": \"number\"}}}",
                "{\"properties\": {\"status\": {\"enum\": [\"draft\", \"void\"]}, \"amount\": {\"type\": \"string\"}}}");

        // Then
        assertThat(breaks)
                .containsExactly(
                        new SchemaCompatibility.Break(
                                "properties.status.enum", "May be \"void\" now, which nobody expects."),
                        new SchemaCompatibility.Break("properties.amount.type", "May be string now, and was number."));
    }

    private static List<SchemaCompatibility.Break> breaks(String older, String newer) {
        return SchemaCompatibility.breaks(PayloadSchema.compile(older), PayloadSchema.compile(newer));
    }
}
