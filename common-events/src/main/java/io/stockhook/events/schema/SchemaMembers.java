package io.stockhook.events.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.EventData;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The members of the data that a schema speaks of, found without compiling it. */
public final class SchemaMembers {

    private static final List<String> IN_PLACE = List.of("allOf", "anyOf", "oneOf");

    private SchemaMembers() {}

    /**
     * The names of the data's own members; empty if the schema speaks of none.
     *
     * @throws InvalidSchemaException if it is no schema, or not one that may be used
     */
    public static Set<String> of(String schema) {
        try {
            return of(SchemaExpansion.of(EventData.read(schema)));
        } catch (IOException e) {
            throw new InvalidSchemaException("", "Must be a JSON object.");
        }
    }

    static Set<String> of(JsonNode expanded) {
        Set<String> names = new LinkedHashSet<>();
        collect(expanded, names);
        return names;
    }

    private static void collect(JsonNode schema, Set<String> names) {
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        for (String keyword : IN_PLACE) {
            schema.path(keyword).forEach(part -> collect(part, names));
        }
    }
}
