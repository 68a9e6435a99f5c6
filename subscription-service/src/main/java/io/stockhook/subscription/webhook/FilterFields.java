package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of events' data that a filter asks for; of one that compiles. */
final class FilterFields {

    private static final String ROOT = "filters";
    private static final String MINIMUM = "min_";
    private static final String MAXIMUM = "max_";

    private final List<Field> fields = new ArrayList<>();

    private FilterFields() {}

    /**
     * A field that is asked for.
     *
     * @param place where in the filter
     * @param path dotted, into the data
     * @param bounded the field that a {@code min_} or {@code max_} is about, where there is none of that name itself; null for none
     */
    record Field(String place, String path, @Nullable String bounded) {}

    static List<Field> of(JsonNode filter) {
        FilterFields collected = new FilterFields();
        collected.collect(filter, "", ROOT);
        return collected.fields;
    }

    private void collect(JsonNode object, String path, String place) {
        for (var entry : object.properties()) {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            String at = place + '.' + key;
            if (!key.startsWith("$")) {
                member(path.isEmpty() ? key : path + '.' + key, key, value, at);
            } else if (value.isObject()) {
                collect(value, path, at);
            } else if (value.isArray()) {
                for (int index = 0; index < value.size(); index++) {
                    if (value.get(index).isObject()) {
                        collect(value.get(index), path, "%s[%d]".formatted(at, index));
                    }
                }
            }
        }
    }

    private void member(String path, String name, JsonNode value, String place) {
        boolean isBound = (name.startsWith(MINIMUM) || name.startsWith(MAXIMUM)) && name.length() > MINIMUM.length();
        if (isBound && (value.isNumber() || value.isTextual())) {
            String bounded = path.substring(0, path.length() - name.length()) + name.substring(MINIMUM.length());
            fields.add(new Field(place, path, bounded));
            return;
        }
        if (!value.isObject()) {
            fields.add(new Field(place, path, null));
            return;
        }
        if (value.properties().stream().anyMatch(entry -> entry.getKey().startsWith("$"))) {
            fields.add(new Field(place, path, null));
        }
        collect(value, path, place);
    }
}
