package io.stockhook.events;

import io.stockhook.events.log.CompactedRecord;
import io.stockhook.events.log.CompactedTopicReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The event types in memory, as far as a service has a use for them. Written by the one thread that reads the topic, read by any.
 *
 * @param <T> what is kept of a type
 */
public final class EventTypeTable<T> implements CompactedTopicReader.Sink {

    private final Function<EventTypeRecord, T> kept;
    private final Map<String, T> ofPlatform = new ConcurrentHashMap<>();
    private final Map<String, Map<String, T>> byTenant = new ConcurrentHashMap<>();
    /** Only for the writer. */
    private final Map<String, List<String>> aliases = new HashMap<>();
    /** Whose type a record key is about. Only for the writer. */
    private final Map<String, Owned> owners = new HashMap<>();

    private volatile EventTypeNames names = EventTypeNames.NONE;

    private record Owned(@Nullable String tenantId, String name) {}

    /** @param kept what is kept of a type; throws if the type cannot be used, which leaves the one before it as it is */
    public EventTypeTable(Function<EventTypeRecord, T> kept) {
        this.kept = kept;
    }

    /** The spellings of all types. */
    public EventTypeNames names() {
        return names;
    }

    /**
     * The type of this name that the tenant has, its own before the platform's; null if there is none.
     *
     * @param canonicalName the canonical name
     */
    public @Nullable T find(String tenantId, String canonicalName) {
        Map<String, T> own = byTenant.get(tenantId);
        T found = own == null ? null : own.get(canonicalName);
        return found == null ? ofPlatform.get(canonicalName) : found;
    }

    /** How many types there are, of the platform and of all tenants. */
    public int size() {
        return ofPlatform.size()
                + byTenant.values().stream().mapToInt(Map::size).sum();
    }

    /**
     * Takes a record of the topic: a type, or a tombstone.
     *
     * @throws IOException if it is neither
     */
    @Override
    public void apply(CompactedRecord entry) throws IOException {
        byte[] value = entry.value();
        if (value == null) {
            remove(entry.key());
            return;
        }
        EventTypeRecord type = Json.read(value, EventTypeRecord.class);
        requireComplete(entry.key(), type);
        T keep = kept.apply(type);
        owners.put(entry.key(), new Owned(type.tenantId(), type.name()));
        types(type.tenantId()).put(type.name(), keep);
        if (type.tenantId() == null) {
            aliases.put(type.name(), List.copyOf(type.aliases()));
            names = EventTypeNames.of(aliases);
        }
    }

    /** The others were ended unseen. */
    @Override
    public void retainOnly(Set<String> keys) {
        for (String known : List.copyOf(owners.keySet())) {
            if (!keys.contains(known)) {
                remove(known);
            }
        }
    }

    private void remove(String key) {
        Owned owned = owners.remove(key);
        if (owned == null) {
            return;
        }
        types(owned.tenantId()).remove(owned.name());
        if (owned.tenantId() == null) {
            aliases.remove(owned.name());
            names = EventTypeNames.of(aliases);
        } else {
            byTenant.computeIfPresent(owned.tenantId(), (unused, types) -> types.isEmpty() ? null : types);
        }
    }

    private Map<String, T> types(@Nullable String tenantId) {
        return tenantId == null ? ofPlatform : byTenant.computeIfAbsent(tenantId, unused -> new ConcurrentHashMap<>());
    }

    @SuppressWarnings("ConstantConditions") // JSON may leave out what the record's type says is there
    private static void requireComplete(String key, EventTypeRecord type) throws IOException {
        if (type.name() == null
                || !key.equals(EventTypeRecord.key(type.tenantId(), type.name()))
                || type.aliases() == null
                || type.aliases().stream().anyMatch(Objects::isNull)
                || type.versions() == null
                || type.versions().isEmpty()
                || type.versions().stream().anyMatch(version -> version == null || version.createdAt() == null)) {
            throw new IOException("the event type '" + key + "' is not complete");
        }
    }
}
