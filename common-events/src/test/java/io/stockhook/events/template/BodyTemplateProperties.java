package io.stockhook.events.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stockhook.events.EventData;
import java.io.IOException;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BodyTemplateProperties {

    private static final EventAttributes EVENT =
            new EventAttributes("evt_1", "product.updated", Instant.EPOCH, "/inventory", "prd_1");

    @Property(tries = 2_000)
    void anyTextCompilesOrIsRefusedAndRendersJsonOrFails(@ForAll("templates") String text) throws IOException {
        // Given
        byte[] data = "{\"a\":[1,\"x\",{\"b\":null}],\"b\":{\"a\":\"y\"}}".getBytes(UTF_8);
        BodyTemplate template;
        try {
            template = BodyTemplate.compile(text);
        } catch (InvalidTemplateException e) {
            assertThat(e.reason()).endsWith(".");
            return;
        }

        // When
        byte[] body;
        try {
            body = template.render(EVENT, data);
        } catch (RenderingException e) {
            return;
        }

        // Then
        assertThat(EventData.read(body)).isNotNull();
    }

    @Property(tries = 1_000)
    void noTextCanBreakOutOfItsQuotes(@ForAll String value) throws IOException {
        // Given
        BodyTemplate template = BodyTemplate.compile("{\"a\":\"{{x}}\",\"b\":{{{x}}}}");
        String data = JsonNodeFactory.instance.objectNode().put("x", value).toString();

        // When
        byte[] body = template.render(EVENT, data.getBytes(UTF_8));

        // Then
        String carried = new String(value.getBytes(UTF_8), UTF_8); // a lone surrogate has no bytes
        assertThat(EventData.read(body).get("a").textValue()).isEqualTo(carried);
        assertThat(EventData.read(body).get("b").textValue()).isEqualTo(carried);
        assertThat(EventData.read(body).size()).isEqualTo(2);
    }

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                                "{{",
                                "}}",
                                "{{{",
                                "}}}",
                                "{",
                                "}",
                                "\"",
                                ":",
                                ",",
                                "[",
                                "]",
                                "1",
                                "a",
                                "b",
                                "{{a}}",
                                "{{{a}}}",
                                "{{#a}}",
                                "{{/a}}",
                                "{{^a}}",
                                "{{#b}}",
                                "{{/b}}",
                                "{{b.a}}",
                                "{{{data}}}",
                                "{{.}}",
                                "{{!",
                                "{{&a}}",
                                "{{-last}}",
                                "{{ # a }}",
                                "\n",
                                " ",
                                "\"a\":",
                                "{{>",
                                "{{=",
                                "{{$a}}",
                                "{{this}}",
                                "{{a.}}",
                                "{{.a}}")
                        .list()
                        .ofMaxSize(12)
                        .map(parts -> String.join("", parts)),
                Arbitraries.strings().ofMaxLength(30));
    }
}
