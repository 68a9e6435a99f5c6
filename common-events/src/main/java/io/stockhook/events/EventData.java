package io.stockhook.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The data of one event, read when somebody first asks for it and once at most. Not thread-safe.
 *
 * <p>Numbers are exact decimals. One whose exponent is beyond {@value #MAX_EXPONENT} either way becomes one at twice that, which
 * compares alike with every number within and costs no more than it.
 */
public final class EventData {

    /** The largest exponent of a number that is kept as it is, either way. */
    public static final int MAX_EXPONENT = 1_000_000_000;

    /** Names in the data are its publishers' to choose: none is kept for good. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final int BEYOND = 2 * MAX_EXPONENT;

    private final byte[] json;
    private @Nullable JsonNode root;
    private boolean isRead;

    /** @param json the data as it was published */
    public EventData(byte[] json) {
        this.json = json;
    }

    /** The data's root, or null if it is no JSON. */
    public @Nullable JsonNode root() {
        if (!isRead) {
            isRead = true;
            try {
                root = read(json);
            } catch (IOException e) {
                root = null;
            }
        }
        return root;
    }

    /**
     * The value that a JSON text holds.
     *
     * @throws IOException if it is no JSON, or nested deeper or with longer names and numbers than Jackson reads by default
     */
    public static JsonNode read(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new IOException("nothing is no JSON");
            }
            JsonNode root = node(parser);
            if (parser.nextToken() != null) {
                throw new IOException("JSON is followed by more");
            }
            return root;
        }
    }

    /** The same for a text. */
    public static JsonNode read(String json) throws IOException {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A JSON object without the members that have other names; what stays, stays byte for byte. What is no object stays as it is.
     *
     * @throws IOException if it is no JSON
     */
    public static byte[] retaining(byte[] json, Set<String> names) throws IOException {
        ByteArrayOutputStream retained = new ByteArrayOutputStream(json.length);
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return json;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                String name = parser.currentName();
                parser.nextToken();
                parser.skipChildren();
                // A text is read no further than its opening quote until somebody asks for it.
                parser.finishToken();
                int end = (int) parser.currentLocation().getByteOffset();
                if (names.contains(name)) {
                    retained.write(retained.size() == 0 ? '{' : ',');
                    retained.write(json, start, end - start);
                }
            }
        }
        retained.writeBytes(retained.size() == 0 ? new byte[] {'{', '}'} : new byte[] {'}'});
        return retained.toByteArray();
    }

    private static JsonNode node(JsonParser parser) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(decimal(parser));
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default -> throw new IOException("JSON with a token that is none");
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, node(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(node(parser));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue())
                : JsonNodeFactory.instance.numberNode(parser.getLongValue());
    }

    private static BigDecimal decimal(JsonParser parser) throws IOException {
        BigDecimal number;
        try {
            number = parser.getDecimalValue();
        } catch (NumberFormatException | JsonProcessingException e) { // which of them, depends on Jackson's version
            return beyond(parser.getText());
        }
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        long exponent = (long) number.precision() - number.scale();
        return Math.abs(exponent) > MAX_EXPONENT ? beyond(number.signum(), exponent > 0) : number;
    }

    /** Of a number whose exponent no decimal of Java's has room for. */
    private static BigDecimal beyond(String number) {
        int end = Math.max(number.indexOf('e'), number.indexOf('E'));
        String mantissa = end < 0 ? number : number.substring(0, end);
        if (mantissa.chars().noneMatch(digit -> digit >= '1' && digit <= '9')) {
            return BigDecimal.ZERO;
        }
        boolean isLarge = end < 0 || number.charAt(end + 1) != '-';
        return beyond(number.charAt(0) == '-' ? -1 : 1, isLarge);
    }

    private static BigDecimal beyond(int sign, boolean isLarge) {
        return new BigDecimal(BigInteger.valueOf(sign), isLarge ? -BEYOND : BEYOND);
    }
}
