package io.stockhook.delivery.registry;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Json;
import io.stockhook.events.log.CompactedRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every endpoint of the platform in memory. Written by the one thread that reads the compacted topic, read by all; deliveries need
 * neither the control plane nor its database.
 */
public final class EndpointRegistry {

    private final Map<String, Endpoint> byId = new ConcurrentHashMap<>();
    private final Map<String, SubscriptionIndex> byTenant = new ConcurrentHashMap<>();

    /** The endpoint, or null if there is none of this id (any more). */
    public @Nullable Endpoint find(String endpointId) {
        return byId.get(endpointId);
    }

    /**
     * The active endpoints of a tenant that subscribed to a type, each once.
     *
     * @param canonicalType the event's canonical type
     */
    public List<Match> match(String tenantId, String canonicalType) {
        SubscriptionIndex index = byTenant.get(tenantId);
        return index == null ? List.of() : index.match(canonicalType);
    }

    /** How many endpoints there are, disabled ones included. */
    public int size() {
        return byId.size();
    }

    /**
     * Takes a record of the topic: a registration, or a tombstone.
     *
     * @throws IOException if it is neither
     */
    public void apply(CompactedRecord entry) throws IOException {
        byte[] value = entry.value();
        if (value == null) {
            forget(entry.key());
            return;
        }
        Endpoint endpoint = new Endpoint(Json.read(value, EndpointRegistration.class));
        requireComplete(entry.key(), endpoint.registration());
        Endpoint known = byId.get(endpoint.id());
        if (known == null || endpoint.isNewerThan(known)) {
            if (known != null) {
                unindex(known);
            }
            byId.put(endpoint.id(), endpoint);
            index(endpoint);
        }
    }

    @SuppressWarnings("ConstantConditions") // JSON may leave out what the record's type says is there
    private static void requireComplete(String key, EndpointRegistration registration) throws IOException {
        if (!key.equals(registration.endpointId())
                || registration.tenantId() == null
                || registration.url() == null
                || registration.method() == null
                || registration.events() == null
                || registration.headers() == null
                || registration.secrets() == null
                || registration.payloadFormat() == null
                || registration.headerPrefix() == null
                || registration.timeoutMs() <= 0
                || registration.maxInFlight() <= 0) {
            throw new IOException("the registration of '" + key + "' is not complete");
        }
    }

    private void forget(String endpointId) {
        Endpoint known = byId.remove(endpointId);
        if (known != null) {
            unindex(known);
        }
    }

    private void index(Endpoint endpoint) {
        if (endpoint.registration().isActive()) {
            byTenant.computeIfAbsent(endpoint.tenantId(), unused -> new SubscriptionIndex())
                    .add(endpoint);
        }
    }

    private void unindex(Endpoint endpoint) {
        byTenant.computeIfPresent(endpoint.tenantId(), (unused, index) -> {
            index.remove(endpoint);
            return index.isEmpty() ? null : index;
        });
    }
}
