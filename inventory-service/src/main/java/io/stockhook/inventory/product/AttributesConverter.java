package io.stockhook.inventory.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Attributes as JSON text, numbers digit for digit. */
@Converter
class AttributesConverter implements AttributeConverter<ObjectNode, String> {

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Override
    public String convertToDatabaseColumn(ObjectNode attributes) {
        return attributes.toString();
    }

    @Override
    public ObjectNode convertToEntityAttribute(String text) {
        try {
            return EXACT.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("attributes were JSON when they were stored", e);
        }
    }
}
