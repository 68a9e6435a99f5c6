package io.stockhook.delivery.dispatch;

import io.stockhook.events.auth.EndpointAuth.MutualTls;
import io.vertx.core.http.HttpClient;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The clients of endpoints that ask for a certificate, one for each endpoint, because a connection carries its certificate. Of more
 * than a number the longest unused one is closed, once its last request has ended. Confined to its event loop.
 */
final class MutualTlsClients {

    private final int max;
    private final Function<MutualTls, HttpClient> factory;
    private final Map<String, Lease> leases = new LinkedHashMap<>(16, 0.75f, true);

    /** An endpoint's client while requests use it. */
    static final class Lease {
        private final MutualTls identity;
        private final HttpClient client;
        private int requests;
        private boolean isEvicted;

        private Lease(MutualTls identity, HttpClient client) {
            this.identity = identity;
            this.client = client;
        }

        HttpClient client() {
            return client;
        }
    }

    /** @param max how many are kept, at least one */
    MutualTlsClients(int max, Function<MutualTls, HttpClient> factory) {
        this.max = max;
        this.factory = factory;
    }

    /** The endpoint's client with this certificate; to be {@link #release}d once. */
    Lease use(String endpointId, MutualTls identity) {
        Lease lease = leases.get(endpointId);
        if (lease == null || !lease.identity.equals(identity)) {
            evict(lease);
            lease = new Lease(identity, factory.apply(identity));
            leases.put(endpointId, lease);
            evictLongestUnused();
        }
        lease.requests++;
        return lease;
    }

    /** A request has ended. */
    void release(Lease lease) {
        lease.requests--;
        closeIfDone(lease);
    }

    private void evictLongestUnused() {
        if (leases.size() > max) {
            Iterator<Lease> eldestFirst = leases.values().iterator();
            Lease eldest = eldestFirst.next();
            eldestFirst.remove();
            evict(eldest);
        }
    }

    private static void evict(@Nullable Lease lease) {
        if (lease != null) {
            lease.isEvicted = true;
            closeIfDone(lease);
        }
    }

    private static void closeIfDone(Lease lease) {
        if (lease.isEvicted && lease.requests == 0) {
            lease.client.close();
        }
    }
}
