package io.stockhook.web.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** Reads any JSON as Jackson does, but tells a number whose exponent no decimal has room for as what it is: the caller's mistake. */
final class NodeReader extends StdDeserializer<JsonNode> {
    private static final long serialVersionUID = 1L;

    private static final JsonDeserializer<? extends JsonNode> JACKSONS =
            JsonNodeDeserializer.getDeserializer(JsonNode.class);

    NodeReader() {
        super(JsonNode.class);
    }

    @Override
    public JsonNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        try {
            return JACKSONS.deserialize(parser, context);
        } catch (NumberFormatException e) {
            throw new StreamConstraintsException("a number's exponent is too large", parser.currentLocation());
        }
    }

    @Override
    public JsonNode getNullValue(DeserializationContext context) {
        return context.getNodeFactory().nullNode();
    }
}
