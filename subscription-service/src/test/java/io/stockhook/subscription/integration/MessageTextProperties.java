package io.stockhook.subscription.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.events.template.BodyTemplate;
import io.stockhook.events.template.EventAttributes;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MessageTextProperties {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final EventAttributes EVENT =
            new EventAttributes("evt_1", "order.created", Instant.EPOCH, "/orders", null);

    @Property
    void theMessageIsWhatWasWrittenWithTheValuesInIt(
            @ForAll("texts") String before, @ForAll("texts") String value, @ForAll("texts") String after)
            throws IOException {
        for (String tag : new String[] {"{{value}}", "{{{value}}}", "{{ value }}", "{{&value}}", "{{{ value }}}"}) {
            // When
            String template = BodyJson.object()
                    .put("text", MessageText.of(before + tag + after))
                    .toString();
            byte[] body = BodyTemplate.compile(template).render(EVENT, JSON.writeValueAsBytes(Map.of("value", value)));

            // Then
            assertThat(JSON.readTree(new String(body, UTF_8)).path("text").asText())
                    .isEqualTo(before + value + after);
        }
    }

    /** Anything but braces, which would be tags or parts of them, and half of a surrogate pair, which no UTF-8 has. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .all()
                .excludeChars('{', '}')
                .ofMaxLength(30)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }
}
