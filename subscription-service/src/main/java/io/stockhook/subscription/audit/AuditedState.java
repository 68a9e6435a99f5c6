package io.stockhook.subscription.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the trail shows of a row: its columns as JSON, secrets masked. Pure. */
final class AuditedState {

    private static final String MASK = "***";
    /** What {@code SecretBox} makes, wherever it stands. */
    private static final Pattern ENCRYPTED =
            Pattern.compile("v1\\.[A-Za-z0-9_-]{1,32}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    /** A secret by its name, should one not be encrypted, and hashes of secrets. */
    private static final Pattern SECRET_NAME =
            Pattern.compile("(.*_)?(secret|secrets|password|private_key|token|hash|credential|credentials|api_key)");
    /** Changes with every change, and says nothing. */
    private static final List<String> NOISE = List.of("version", "updated_at");

    private static final int MAX_LENGTH = 32 * 1024;

    private AuditedState() {}

    /** A row's columns, unredacted, to be compared. */
    static ObjectNode of(String[] names, Object[] values, ObjectMapper json) {
        ObjectNode state = json.createObjectNode();
        for (int index = 0; index < names.length; index++) {
            String name = snakeCase(names[index]);
            if (!NOISE.contains(name) && values[index] != null) {
                state.set(name, json.valueToTree(values[index]));
            }
        }
        return state;
    }

    /** The columns of {@code state} that differ in {@code other}. */
    static ObjectNode different(ObjectNode state, ObjectNode other, ObjectMapper json) {
        ObjectNode different = json.createObjectNode();
        state.properties().forEach(column -> {
            if (!Objects.equals(column.getValue(), other.get(column.getKey()))) {
                different.set(column.getKey(), column.getValue());
            }
        });
        return different;
    }

    /** The state as it is written down; null for none. */
    static @Nullable String text(@Nullable ObjectNode state) {
        if (state == null) {
            return null;
        }
        // NUL is fine in JSON and nowhere in PostgreSQL; JSON texts have it escaped.
        String text = redacted(state, false).toString();
        return text.length() <= MAX_LENGTH ? text : "{\"omitted\":\"%d characters\"}".formatted(text.length());
    }

    private static JsonNode redacted(JsonNode node, boolean isSecret) {
        if (node instanceof ObjectNode object) {
            ObjectNode redacted = object.objectNode();
            object.properties()
                    .forEach(member -> redacted.set(
                            member.getKey(),
                            redacted(
                                    member.getValue(),
                                    isSecret
                                            || SECRET_NAME
                                                    .matcher(snakeCase(member.getKey()))
                                                    .matches())));
            return redacted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode redacted = array.arrayNode();
            array.forEach(element -> redacted.add(redacted(element, isSecret)));
            return redacted;
        }
        boolean isMasked = node.isTextual()
                && (isSecret && !isTime(node)
                        || ENCRYPTED.matcher(node.textValue()).matches());
        return isMasked ? new TextNode(MASK) : node;
    }

    /** When a secret ends is worth knowing. */
    private static boolean isTime(JsonNode node) {
        return node.textValue().matches("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z");
    }

    static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
