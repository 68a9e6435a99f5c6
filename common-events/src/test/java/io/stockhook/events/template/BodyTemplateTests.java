package io.stockhook.events.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTemplateTests {

    private static final EventAttributes EVENT =
            new EventAttributes("evt_1", "product.updated", Instant.parse("2026-01-15T10:30:00Z"), "/inventory", null);
    private static final String DATA =
            "{\"name\":\"5\\\" nail\\n\",\"price\": 89.990,\"big\":1e400,\"stock\":0,\"on\":true,\"off\":false,\"none\":null,"
                    + "\"id\":\"prd_1\",\"tags\":[\"a\",\"b\"],\"items\":[{\"sku\":\"X\"},{\"sku\":\"Y\"}],\"o\":{\"p\":{\"q\":1}}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // attributes, and the data's fields by path and by name
                "{\"a\":\"{{type}} {{id}} {{time}} {{source}}\"}"
                        + "| {\"a\":\"product.updated evt_1 2026-01-15T10:30:00Z /inventory\"}",
                "{\"a\":\"{{data.id}}\",\"b\":{{{data.price}}},\"c\":{{price}}} | {\"a\":\"prd_1\",\"b\":89.990,\"c\":89.990}",
                "{\"a\":{{{o.p.q}}},\"b\":\"{{tags.1}}\"} | {\"a\":1,\"b\":\"b\"}",
                // texts are escaped, and JSON goes in as it is
                "{\"a\":\"{{name}}\"} | {\"a\":\"5\\\" nail\\n\"}",
                "{\"a\":{{{name}}}} | {\"a\":\"5\\\" nail\\n\"}",
                "{\"a\":{{&name}}} | {\"a\":\"5\\\" nail\\n\"}",
                "{\"a\":\"{{o}}\"} | {\"a\":\"{\\\"p\\\":{\\\"q\\\":1}}\"}",
                "{\"a\":{{{o}}},\"b\":[{{{tags}}}]} | {\"a\":{\"p\":{\"q\":1}},\"b\":[[\"a\",\"b\"]]}",
                "{\"a\":{{{big}}},\"b\":{{on}}} | {\"a\":1E+400,\"b\":true}",
                // what is missing or null
                "{\"a\":\"{{missing}}\",\"b\":{{{missing}}},\"c\":\"{{none}}\",\"d\":{{{none}}},\"e\":{{{subject}}}}"
                        + "| {\"a\":\"\",\"b\":null,\"c\":\"\",\"d\":null,\"e\":null}",
                "{\"a\":{{{o.x.y}}}} | {\"a\":null}",
                // sections
                "[{{#items}}\"{{sku}}\"{{^-last}},{{/-last}}{{/items}}] | [\"X\",\"Y\"]",
                "[{{#tags}}{{^-first}},{{/-first}}{{{.}}}{{/tags}}] | [\"a\",\"b\"]",
                "[{{#tags}}{{^-first}},{{/-first}}{{-index}}{{/tags}}] | [1,2]",
                "{\"a\":{{#on}}1{{/on}}{{^on}}2{{/on}}} | {\"a\":1}",
                "{\"a\":{{#off}}1{{/off}}{{^off}}2{{/off}}} | {\"a\":2}",
                "{\"a\":{{#missing}}1{{/missing}}{{^missing}}2{{/missing}}} | {\"a\":2}",
                "{\"a\":{{#none}}1{{/none}}{{^none}}2{{/none}}} | {\"a\":2}",
                "{\"a\":{{#stock}}1{{/stock}}{{^stock}}2{{/stock}}} | {\"a\":1}",
                "{\"a\":\"{{#items}}{{type}} {{/items}}\"} | {\"a\":\"product.updated product.updated \"}",
                "{\"a\":{{#o}}{{#p}}{{q}}{{/p}}{{/o}}{{! why }}} | {\"a\":1}",
            })
    void rendersWhatTheDocumentationSays(String template, String body) {
        assertThat(render(template)).isEqualTo(body);
    }

    @Test
    void putsTheDataInByteForByte() {
        assertThat(render("{\"event\":\"{{type}}\",\"data\":{{{data}}}}"))
                .isEqualTo("{\"event\":\"product.updated\",\"data\":" + DATA + "}");
        assertThat(render("{{{data}}}")).isEqualTo(DATA);
        assertThat(render("{\"a\": {{{ data }}} }")).isEqualTo("{\"a\": " + DATA + " }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "\"x\" ", " \"x\"\n", "\t\"x\""})
    void putsATextInWhateverSpaceWasAroundIt(String data) {
        // Given
        BodyTemplate template = BodyTemplate.compile("{\"a\":\"{{data}}\"}");

        // When
        byte[] body = template.render(EVENT, data.getBytes(UTF_8));

        // Then
        assertThat(new String(body, UTF_8)).isEqualTo("{\"a\":\"x\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"{{name}\"} | Has a tag that is not closed (line 1)",
                "{\"a\":\"{{#x}}\"} | line 1",
                "{\"a\":\"{{/x}}\"} | Does not compile",
                "{\"a\":\"{{#x}}{{/y}}\"} | line 1",
                "{\"a\":\"{{}}\"} | Has a tag without a name (line 1)",
                "{\"a\":{{type}}} | Gives no JSON",
                "{\"a\":\"{{{type}}}\"} | Gives no JSON",
                "{\"a\":{{#x}}1,{{/x}}} | Gives no JSON",
                "plain text | Gives no JSON",
                "{{a}} {{b}} | Gives no JSON",
                "{{^a}}1{{/a}} | the body is empty",
                "{{=<% %>=}}{\"a\":<% x %>} | Changes the delimiters, which are always {{ and }} (line 1)",
                "{\"a\":\"{{> other}}\"} | Includes another template; a template stands alone (line 1)",
                "{\"a\":\"{{<other}}{{/other}}\"} | Includes another template; a template stands alone (line 1)",
            })
    void refusesWhatCannotBecomeJson(String template, String reason) {
        assertThatThrownBy(() -> BodyTemplate.compile(template))
                .isInstanceOfSatisfying(
                        InvalidTemplateException.class,
                        e -> assertThat(e.reason()).contains(reason).endsWith("."));
    }

    @Test
    void namesTheLineOfAFault() {
        assertThatThrownBy(() -> BodyTemplate.compile("{\n\"a\": \"{{#x}}\",\n\"b\": 1 {{/y}}\n}"))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> BodyTemplate.compile("{\n\n\"a\": \"{{>x}}\"}"))
                .hasMessageContaining("line 3");
    }

    @Test
    void boundsLengthAndNesting() {
        assertThatThrownBy(() -> BodyTemplate.compile("")).isInstanceOf(InvalidTemplateException.class);
        assertThatThrownBy(() -> BodyTemplate.compile(" ".repeat(BodyTemplate.MAX_LENGTH + 1)))
                .isInstanceOf(InvalidTemplateException.class);
        assertThatThrownBy(() -> BodyTemplate.compile("{{#a}}".repeat(2_000)))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("Nests sections deeper than 8");
        String nested = "{{#a}}".repeat(BodyTemplate.MAX_DEPTH) + "1" + "{{/a}}".repeat(BodyTemplate.MAX_DEPTH);
        assertThat(BodyTemplate.compile(nested)).isNotNull();
    }

    @Test
    @Timeout(20)
    void boundsTheStepsOfARenderingWithoutOutput() {
        // Given
        BodyTemplate template =
                BodyTemplate.compile("{{#a}}".repeat(7) + "{{#b}}{{/b}}" + "{{/a}}".repeat(7) + "{\"c\":1}");
        String list = String.join(",", Collections.nCopies(1_000, "0"));

        // Then
        assertThatThrownBy(() -> template.render(EVENT, ("{\"a\":[" + list + "]}").getBytes(UTF_8)))
                .isInstanceOf(RenderingException.class)
                .hasMessageContaining("looks up more than");
    }

    @Test
    void boundsTheBody() {
        // Given
        BodyTemplate template = BodyTemplate.compile("[{{#a}}{{{data}}}{{^-last}},{{/-last}}{{/a}}]");
        String list = String.join(",", Collections.nCopies(1_000, "0"));

        // Then
        assertThatThrownBy(() -> template.render(EVENT, ("{\"a\":[" + list + "]}").getBytes(UTF_8)))
                .isInstanceOf(RenderingException.class)
                .hasMessage("the body is longer than 524288 bytes");
        assertThatThrownBy(() -> BodyTemplate.compile("{\"a\":{{{data}}}}")
                        .render(EVENT, ("\"" + "é".repeat(300_000) + "\"").getBytes(UTF_8)))
                .hasMessage("the body is longer than 524288 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{{name}}}", "{\"a\":{{missing}}}", "{\"a\":{{o}}}", "{\"a\":{{none}}}"})
    void failsWhereAnEventMakesNoJsonOfIt(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(RenderingException.class)
                .hasMessageContaining("the body is no JSON (line 1, column");
    }

    @Test
    void failsWhereTheDataIsNoJson() {
        assertThatThrownBy(() -> BodyTemplate.compile("{{{data}}}").render(EVENT, new byte[] {'{'}))
                .isInstanceOf(RenderingException.class)
                .hasMessage("the event's data is no JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class",
                "getClass",
                "hashCode",
                "toString",
                "class.classLoader",
                "data.class.name",
                "type.bytes",
                "budget"
            })
    void reachesIntoNoJavaObject(String name) {
        assertThat(render("{\"a\":{{{" + name + "}}}}")).isEqualTo("{\"a\":null}");
    }

    @Test
    void rendersTheSameFromManyThreads() {
        // Given
        BodyTemplate template = BodyTemplate.compile("{\"a\":\"{{name}}\",\"b\":{{{data}}}}");
        byte[] expected = template.render(EVENT, DATA.getBytes(UTF_8));

        // When
        boolean same = java.util.stream.IntStream.range(0, 1_000)
                .parallel()
                .allMatch(unused -> java.util.Arrays.equals(expected, template.render(EVENT, DATA.getBytes(UTF_8))));

        // Then
        assertThat(same).isTrue();
    }

    private static String render(String template) {
        return new String(BodyTemplate.compile(template).render(EVENT, DATA.getBytes(UTF_8)), UTF_8);
    }
}
