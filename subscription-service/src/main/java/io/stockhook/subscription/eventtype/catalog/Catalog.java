package io.stockhook.subscription.eventtype.catalog;

import io.stockhook.events.EventTypeNames;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The platform's event types. Immutable. */
public final class Catalog {

    private final List<Category> categories;
    private final NavigableMap<String, PlatformType> types;
    private final EventTypeNames names;

    Catalog(Collection<Category> categories, Collection<PlatformType> types) {
        this.categories = List.copyOf(categories);
        NavigableMap<String, PlatformType> byName = new TreeMap<>();
        Map<String, List<String>> aliases = new HashMap<>();
        for (PlatformType type : types) {
            byName.put(type.name(), type);
            aliases.put(type.name(), type.aliases());
        }
        this.types = Collections.unmodifiableNavigableMap(byName);
        this.names = EventTypeNames.of(aliases);
    }

    /** The categories, in the order of the files. */
    public List<Category> categories() {
        return categories;
    }

    /** The types, in the order of their names. */
    public Collection<PlatformType> types() {
        return types.values();
    }

    /** The type with this name or alias; null if there is none. */
    public @Nullable PlatformType find(String spelling) {
        return types.get(names.canonical(spelling));
    }

    /** The spellings of all types. */
    public EventTypeNames names() {
        return names;
    }
}
