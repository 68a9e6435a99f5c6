package io.stockhook.delivery.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.events.SecretBox;
import io.stockhook.events.address.AddressPolicy;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.Executor;

/** Assembles what makes attempts: the attempt over HTTP, guarded and measured. */
public final class Dispatch {

    private final Vertx vertx;
    private final DispatchConfig config;
    private final EndpointRegistry registry;
    private final AddressCheck addresses;
    private final PreparedEndpoints endpoints;
    private final RequestComposer composer;
    private final MeterRegistry meters;
    private final Clock clock;

    /**
     * What all event loops share.
     *
     * @param resolvers threads on which names are resolved; bounded, with a bounded queue
     * @param version of Stockhook, for {@code User-Agent}
     */
    public Dispatch(
            Vertx vertx,
            DispatchConfig config,
            EndpointRegistry registry,
            AddressPolicy policy,
            Executor resolvers,
            SecretBox box,
            String version,
            MeterRegistry meters,
            Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.registry = registry;
        this.addresses = new AddressCheck(policy, resolvers);
        this.endpoints = new PreparedEndpoints(box, policy);
        this.composer = new RequestComposer(version);
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * The attempts of one event loop, with connections of its own.
     *
     * @param slots how many attempts may be under way on it
     */
    public Attempts on(Context context, int slots) {
        Attempts overHttp = new HttpAttempts(
                registry, addresses, endpoints, composer, new HttpPoster(vertx, config, slots, clock), context, clock);
        return new MeteredAttempts(new GuardedAttempts(overHttp, clock), meters);
    }
}
