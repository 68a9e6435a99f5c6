package io.stockhook.subscription.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stockhook.events.EventData;
import io.stockhook.events.filter.EventFilter;
import io.stockhook.events.filter.FieldPath;
import io.stockhook.events.filter.InvalidFilterException;
import io.stockhook.subscription.validation.ValidationView.FilterAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a filter can be used, and which of its conditions a sample does not meet. A filter is the conjunction of its parts, so each
 * part is tried as a filter of its own; {@code $or} and {@code $not} are one part each. Pure.
 */
final class FilterDiagnosis {

    private static final String FIELD = "filter.";
    private static final int MAX_SHOWN = 100;

    private final EventData sample;
    private final List<Finding> unmet = new ArrayList<>();

    private FilterDiagnosis(EventData sample) {
        this.sample = sample;
    }

    /** @param sample the data of an event; null to look at the filter alone */
    static FilterAnswer of(JsonNode filters, @Nullable JsonNode sample) {
        EventFilter filter;
        try {
            filter = EventFilter.compile(JsonText.of(filters));
        } catch (InvalidFilterException e) {
            Finding problem = Finding.of(FIELD + e.place(), "filter_invalid", e.reason());
            return new FilterAnswer(false, null, List.of(), List.of(problem));
        }
        if (sample == null) {
            return new FilterAnswer(true, null, List.of(), List.of());
        }
        EventData data = new EventData(JsonText.of(sample).getBytes(StandardCharsets.UTF_8));
        if (filter.matches(data)) {
            return new FilterAnswer(true, true, List.of(), List.of());
        }
        FilterDiagnosis diagnosis = new FilterDiagnosis(data);
        diagnosis.members(filters, List.of(), "filters");
        return new FilterAnswer(true, false, List.copyOf(diagnosis.unmet), List.of());
    }

    /** @param path the names of the fields that the object stands in */
    private void members(JsonNode object, List<String> path, String place) {
        for (var member : object.properties()) {
            String name = member.getKey();
            String at = place + '.' + name;
            JsonNode value = member.getValue();
            if (name.equals("$and")) {
                for (int index = 0; index < value.size(); index++) {
                    alternative(value.get(index), path, "%s[%d]".formatted(at, index));
                }
            } else if (!name.startsWith("$") && value.isObject()) {
                members(value, with(path, name), at);
            } else {
                condition(JsonNodeFactory.instance.objectNode().set(name, value), name, value, path, at);
            }
        }
    }

    private void alternative(JsonNode value, List<String> path, String place) {
        if (value.isObject()) {
            members(value, path, place);
        } else {
            condition(value, "", value, path, place);
        }
    }

    private void condition(JsonNode condition, String name, JsonNode value, List<String> path, String place) {
        JsonNode alone = condition;
        for (int depth = path.size() - 1; depth >= 0; depth--) {
            alone = JsonNodeFactory.instance.objectNode().set(path.get(depth), alone);
        }
        if (!EventFilter.compile(JsonText.of(alone)).matches(sample)) {
            unmet.add(new Finding(FIELD + place, "not_met", message(name, path), shown(JsonText.of(value))));
        }
    }

    private String message(String name, List<String> path) {
        switch (name) {
            case "$or":
                return "None of its alternatives holds.";
            case "$not":
                return "What it denies holds.";
            default:
                break;
        }
        List<String> field = name.isEmpty() || name.startsWith("$") ? path : with(path, name);
        String asked = String.join(".", field);
        String found = found(asked);
        if (found == null && (name.startsWith("min_") || name.startsWith("max_"))) {
            asked = String.join(".", with(path, name.substring("min_".length())));
            found = found(asked);
        }
        return found == null
                ? "The sample has no text, number, true or false in %s.".formatted(shown(asked))
                : "The sample has %s in %s.".formatted(shown(found), shown(asked));
    }

    private @Nullable String found(String path) {
        JsonNode root = sample.root();
        return root == null || FieldPath.objection(path).isPresent()
                ? null
                : FieldPath.parse(path).firstText(root);
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }
}
