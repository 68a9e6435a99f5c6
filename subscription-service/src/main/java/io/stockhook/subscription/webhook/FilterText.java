package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A webhook's filter as the text that is stored and published: with every number as it was given. */
final class FilterText {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private FilterText() {}

    /** The filter's text; null for none, and for one that asks for nothing. */
    static @Nullable String of(@Nullable ObjectNode filters) {
        try {
            return filters == null || filters.isEmpty() ? null : MAPPER.writeValueAsString(filters);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON object is always writable", e);
        }
    }

    /** The filter of a text; null for none. */
    static @Nullable ObjectNode read(@Nullable String text) {
        try {
            return text == null ? null : MAPPER.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored filter of a webhook cannot be read", e);
        }
    }
}
