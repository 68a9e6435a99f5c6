package io.stockhook.delivery.registry;

import io.stockhook.delivery.registry.Endpoint.Version;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Json;
import io.stockhook.events.log.CompactedRecord;
import io.stockhook.events.log.CompactedTopicReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Every endpoint of the platform in memory. Written by the one thread that reads the compacted topic, read by all; deliveries need
 * neither the control plane nor its database.
 */
public final class EndpointRegistry implements CompactedTopicReader.Sink {

    private static final Logger LOG = Logger.getLogger(EndpointRegistry.class);

    private final Map<String, Endpoint> byId = new ConcurrentHashMap<>();
    /** Written and read under {@link #indexes}. */
    private final Map<String, SubscriptionIndex> byTenant = new HashMap<>();

    /** How many active endpoints each subscriber has that has any. */
    private final Map<String, Integer> activeBySubscriber = new ConcurrentHashMap<>();

    private final Predicate<String> isSuspended;
    private final AtomicInteger invalidFilters = new AtomicInteger();
    private final ReadWriteLock indexes = new ReentrantReadWriteLock();
    /** Outlives the endpoints, so that a late record of a deleted one does not bring it back. Only for the writer. */
    private final Map<String, Version> latestVersions = new HashMap<>();

    /** A registry in which no tenant is suspended. */
    public EndpointRegistry() {
        this(tenantId -> false);
    }

    /** @param isSuspended whether the platform has suspended a tenant; asked by any thread */
    public EndpointRegistry(Predicate<String> isSuspended) {
        this.isSuspended = isSuspended;
    }

    /** Whether nothing may be sent to the endpoint now, because it is disabled or its tenant suspended. */
    public boolean isHeld(Endpoint endpoint) {
        return !endpoint.registration().isActive() || isSuspended.test(endpoint.tenantId());
    }

    /** Among how many endpoints the subscriber's limits are shared out, this one of them; at least 1. */
    public int sharersWith(EndpointRegistration registration) {
        String subscriberId = registration.subscriberId();
        return subscriberId == null ? 1 : Math.max(1, activeBySubscriber.getOrDefault(subscriberId, 0));
    }

    /** The endpoint, or null if there is none of this id (any more). */
    public @Nullable Endpoint find(String endpointId) {
        return byId.get(endpointId);
    }

    /** Over how many owners an endpoint is spread; 1 if there is none of this id. */
    public int parallelismOf(String endpointId) {
        Endpoint endpoint = find(endpointId);
        return endpoint == null ? 1 : endpoint.registration().parallelism();
    }

    /**
     * The endpoints of a tenant that subscribed to a type, each once, without those that a person disabled; their filters are yet to be
     * asked.
     *
     * @param spellings of the event's type, the canonical one first
     */
    public List<Match> match(String tenantId, List<String> spellings) {
        indexes.readLock().lock();
        try {
            SubscriptionIndex index = byTenant.get(tenantId);
            return index == null ? List.of() : index.match(spellings);
        } finally {
            indexes.readLock().unlock();
        }
    }

    /** How many endpoints there are, disabled ones included. */
    public int size() {
        return byId.size();
    }

    /** How many endpoints get nothing, because their filter does not compile here. */
    public int invalidFilters() {
        return invalidFilters.get();
    }

    /**
     * Takes a record of the topic: a registration, or a tombstone.
     *
     * @throws IOException if it is neither
     */
    @Override
    public void apply(CompactedRecord entry) throws IOException {
        byte[] value = entry.value();
        if (value == null) {
            replace(entry.key(), null);
            return;
        }
        Endpoint endpoint = new Endpoint(Json.read(value, EndpointRegistration.class));
        requireComplete(entry.key(), endpoint.registration());
        Version latest = latestVersions.get(endpoint.id());
        if (latest == null || endpoint.version().compareTo(latest) > 0) {
            latestVersions.put(endpoint.id(), endpoint.version());
            if (endpoint.isFilterInvalid()) {
                LOG.warnf(
                        "an endpoint gets nothing, because its filter does not compile here: endpoint_id=%s version=%d",
                        endpoint.id(), endpoint.registration().version());
            }
            replace(endpoint.id(), endpoint);
        }
    }

    /** The others were deleted unseen. */
    @Override
    public void retainOnly(Set<String> endpointIds) {
        for (String known : List.copyOf(byId.keySet())) {
            if (!endpointIds.contains(known)) {
                replace(known, null);
            }
        }
    }

    @SuppressWarnings("ConstantConditions") // JSON may leave out what the record's type says is there
    private static void requireComplete(String key, EndpointRegistration registration) throws IOException {
        if (!key.equals(registration.endpointId())
                || registration.tenantId() == null
                || registration.url() == null
                || registration.method() == null
                || registration.events() == null
                || registration.events().stream().anyMatch(Objects::isNull)
                || registration.headers() == null
                || registration.secrets() == null
                || !isComplete(registration.signing())
                || registration.payloadFormat() == null
                || registration.headerPrefix() == null
                || registration.timeoutMs() <= 0
                || registration.maxInFlight() <= 0) {
            throw new IOException("the registration of '" + key + "' is not complete");
        }
    }

    @SuppressWarnings("ConstantConditions") // as above
    private static boolean isComplete(EndpointRegistration.@Nullable Signing signing) {
        return signing == null || (signing.schemes() != null && signing.privateKeys() != null);
    }

    /** In one step for those who match: an endpoint that changes while an event is matched is found in one of its states. */
    private void replace(String endpointId, @Nullable Endpoint endpoint) {
        indexes.writeLock().lock();
        try {
            Endpoint known = endpoint == null ? byId.remove(endpointId) : byId.put(endpointId, endpoint);
            if (known != null) {
                unindex(known);
                countOfSubscriber(known, -1);
                invalidFilters.addAndGet(known.isFilterInvalid() ? -1 : 0);
            }
            if (endpoint != null) {
                countOfSubscriber(endpoint, 1);
                invalidFilters.addAndGet(endpoint.isFilterInvalid() ? 1 : 0);
            }
            if (endpoint != null && endpoint.isMatched()) {
                byTenant.computeIfAbsent(endpoint.tenantId(), unused -> new SubscriptionIndex())
                        .add(endpoint);
            }
        } finally {
            indexes.writeLock().unlock();
        }
    }

    private void countOfSubscriber(Endpoint endpoint, int change) {
        String subscriberId = endpoint.registration().subscriberId();
        if (subscriberId != null && endpoint.registration().isActive()) {
            activeBySubscriber.merge(subscriberId, change, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    private void unindex(Endpoint endpoint) {
        byTenant.computeIfPresent(endpoint.tenantId(), (unused, index) -> {
            index.remove(endpoint);
            return index.isEmpty() ? null : index;
        });
    }
}
