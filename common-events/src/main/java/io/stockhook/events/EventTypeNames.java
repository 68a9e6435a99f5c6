package io.stockhook.events;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which names of event types are other spellings of which. A subscription to an alias gets the canonical event, under the name that was
 * subscribed to. Immutable.
 */
public final class EventTypeNames {

    /** No type has an alias. */
    public static final EventTypeNames NONE = new EventTypeNames(Map.of());

    private final Map<String, List<String>> spellings = new HashMap<>();
    private final Map<String, String> canonical = new HashMap<>();

    private EventTypeNames(Map<String, List<String>> aliases) {
        aliases.forEach((name, others) -> {
            if (others.isEmpty()) {
                return;
            }
            List<String> all = new ArrayList<>(1 + others.size());
            all.add(name);
            all.addAll(others);
            spellings.put(name, List.copyOf(all));
            others.forEach(alias -> canonical.putIfAbsent(alias, name));
        });
    }

    /** @param aliases by canonical name */
    public static EventTypeNames of(Map<String, List<String>> aliases) {
        return new EventTypeNames(aliases);
    }

    /** The canonical name first, then its aliases. */
    public List<String> spellings(String canonicalName) {
        List<String> known = spellings.get(canonicalName);
        return known == null ? List.of(canonicalName) : known;
    }

    /** Every pattern under which events of the type of this name or alias are delivered. */
    public List<String> patternsFor(String spelling) {
        return spellings(canonical(spelling)).stream()
                .flatMap(name -> EventTypes.patternsFor(name).stream())
                .distinct()
                .toList();
    }

    /** The canonical name of any spelling; a name that is nobody's alias is its own. */
    public String canonical(String spelling) {
        return canonical.getOrDefault(spelling, spelling);
    }
}
