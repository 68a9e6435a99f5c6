package io.stockhook.events.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import io.stockhook.events.EventData;
import io.stockhook.events.Expressions;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an event's data has to be: JSON Schema 2020-12, compiled once and asked of many events. Immutable and thread-safe.
 *
 * <p>What it may cost is bounded when it is compiled: {@value #MAX_LENGTH} characters, {@value #MAX_SUBSCHEMAS} schemas with each {@code $ref}
 * written out, which none can be for ever; nothing is fetched, and regular expressions run in linear time. {@code format} explains and
 * asserts nothing, as the specification has it by default.
 */
public final class PayloadSchema {

    /** The longest schema, in characters of its JSON. */
    public static final int MAX_LENGTH = 32 * 1024;
    /** How many schemas a schema may come to. */
    public static final int MAX_SUBSCHEMAS = 2_000;
    /** How many violations are named. */
    public static final int MAX_VIOLATIONS = 20;

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String DOLLAR = "$";

    private static final SchemaValidatorsConfig SETTINGS = SchemaValidatorsConfig.builder()
            .pathType(PathType.LEGACY)
            .locale(Locale.ENGLISH)
            .regularExpressionFactory(PayloadSchema::expression)
            .build();
    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012, builder -> builder.enableSchemaCache(false)
                    .schemaLoaders(loaders -> loaders.add(location -> {
                        throw new IllegalStateException("schemas are not fetched: " + location);
                    })));
    private static final JsonSchema META_SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    SchemaLocation.of(SchemaId.V202012),
                    SchemaValidatorsConfig.builder()
                            .pathType(PathType.LEGACY)
                            .locale(Locale.ENGLISH)
                            .build());

    private final JsonNode expanded;
    private final JsonSchema schema;

    private PayloadSchema(JsonNode expanded) {
        this.expanded = expanded;
        this.schema = FACTORY.getSchema(expanded, SETTINGS);
    }

    /**
     * What is wrong with data.
     *
     * @param place where in it, {@code customer.email} for example; empty for the data as a whole
     * @param message what is wrong, for a person
     */
    public record Violation(String place, String message) {}

    /**
     * Compiles a schema.
     *
     * @param json a JSON object
     * @throws InvalidSchemaException if it is no schema, or not one that may be used
     */
    public static PayloadSchema compile(String json) {
        if (json.length() > MAX_LENGTH) {
            throw new InvalidSchemaException("", "Must be at most %d characters of JSON.".formatted(MAX_LENGTH));
        }
        JsonNode schema;
        try {
            schema = EventData.read(json);
        } catch (IOException e) {
            throw new InvalidSchemaException("", "Must be a JSON object.");
        }
        if (!schema.isObject()) {
            throw new InvalidSchemaException("", "Must be a JSON object, a JSON Schema of the draft 2020-12.");
        }
        if (schema.has("$schema") && !schema.get("$schema").asText().equals(DIALECT)) {
            throw new InvalidSchemaException("$schema", "Must be %s, if it is given.".formatted(DIALECT));
        }
        for (ValidationMessage message : META_SCHEMA.validate(schema)) {
            throw new InvalidSchemaException(place(message), "Is no JSON Schema: %s.".formatted(message(message)));
        }
        return new PayloadSchema(SchemaExpansion.of(schema));
    }

    /** Everything that is wrong with data, up to {@value #MAX_VIOLATIONS}; empty if it satisfies the schema. */
    public List<Violation> violations(JsonNode data) {
        Collection<ValidationMessage> messages = schema.validate(data);
        return messages.stream()
                .limit(MAX_VIOLATIONS)
                .map(message -> new Violation(place(message), message(message)))
                .toList();
    }

    /** The schema with each {@code $ref} written out, and without what only explains. Not to be changed. */
    public JsonNode expanded() {
        return expanded;
    }

    /** The names of the data's own members that it speaks of; empty if it speaks of none. */
    public Set<String> properties() {
        return SchemaMembers.of(expanded);
    }

    /**
     * Whether the data may have something at a path, as far as the schema tells: it names it, or leaves open what an object or a list on the way
     * holds by naming nothing of it.
     *
     * @param path dotted, as in a filter; names of members of lists' elements stand beside the list's
     */
    public boolean mayHave(String path) {
        return SchemaPaths.mayHave(expanded, List.of(path.split("\\.", -1)));
    }

    private static String place(ValidationMessage message) {
        String path = message.getInstanceLocation().toString();
        String inside = path.startsWith(DOLLAR) ? path.substring(1) : path;
        String property = message.getProperty();
        String place = inside.startsWith(".") ? inside.substring(1) : inside;
        return property == null ? place : SchemaExpansion.place(place, property);
    }

    private static String message(ValidationMessage message) {
        String text = String.valueOf(message.getError());
        return text.isEmpty() ? "is not valid" : text;
    }

    /** Compiled with the schema, so that what it refuses has been refused before. */
    private static RegularExpression expression(@Nullable String text) {
        try {
            var compiled = Expressions.compile(String.valueOf(text));
            return value -> compiled.matcher(value).find();
        } catch (Expressions.InvalidExpressionException e) {
            throw new InvalidSchemaException("", e.reason());
        }
    }
}
