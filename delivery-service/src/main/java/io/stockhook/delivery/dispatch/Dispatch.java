package io.stockhook.delivery.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.delivery.confirmation.ConfirmationTokens;
import io.stockhook.delivery.eventtype.PayloadVersions;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.events.EventTypeTable;
import io.stockhook.events.SecretBox;
import io.stockhook.events.address.AddressPolicy;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Clock;
import java.util.concurrent.Executor;

/** Assembles what makes attempts: the attempt over HTTP, guarded and measured. */
public final class Dispatch {

    private final Vertx vertx;
    private final DispatchConfig config;
    private final EndpointRegistry registry;
    private final AddressCheck addresses;
    private final HttpClients clients;
    private final AddressPolicy policy;
    private final String version;
    private final PreparedEndpoints endpoints;
    private final RequestComposer composer;
    private final MeterRegistry meters;
    private final Clock clock;

    /**
     * What all event loops share.
     *
     * @param types the event types, for endpoints that want older versions of their payloads
     * @param resolvers threads on which names are resolved; bounded, with a bounded queue
     * @param version of Stockhook, for {@code User-Agent}
     * @throws IllegalArgumentException if the configured certificate authorities cannot be read
     */
    public Dispatch(
            Vertx vertx,
            DispatchConfig config,
            EndpointRegistry registry,
            EventTypeTable<PayloadVersions> types,
            AddressPolicy policy,
            Executor resolvers,
            SecretBox box,
            String version,
            MeterRegistry meters,
            Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.registry = registry;
        this.addresses = new AddressCheck(policy, InetAddress::getAllByName, resolvers);
        this.clients = new HttpClients(vertx, config);
        this.policy = policy;
        this.version = version;
        this.endpoints = new PreparedEndpoints(box, policy, types);
        this.composer = new RequestComposer(new ConfirmationTokens(box), version);
        this.meters = meters;
        this.clock = clock;
    }

    /** What batches are made of. */
    public BatchParts batchParts() {
        return new BatchParts(endpoints, clock);
    }

    /**
     * The attempts of one event loop, with connections of its own.
     *
     * @param slots how many attempts may be under way on it
     */
    public Attempts on(Context context, int slots) {
        CheckedPoster poster =
                new CheckedPoster(addresses, new HttpPoster(vertx, clients, config, slots, clock), context);
        AccessTokens tokens = new AccessTokens(vertx, poster, policy, version, config.tokenTimeout(), clock);
        AuthorisedPoster authorised = new AuthorisedPoster(poster, tokens, config.recordedResponseBytes());
        Attempts overHttp = new HttpAttempts(registry, endpoints, composer, authorised, clock);
        return new MeteredAttempts(new GuardedAttempts(overHttp, clock), meters);
    }
}
