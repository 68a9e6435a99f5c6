package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.SecretBox;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An attempt over HTTP: reads the endpoint's state at the last moment, composes, signs, checks the address, posts.
 */
final class HttpAttempts implements Attempts {

    private final EndpointRegistry registry;
    private final AddressCheck addresses;
    private final PreparedEndpoints endpoints;
    private final RequestComposer composer;
    private final HttpPoster poster;
    private final Context context;
    private final Clock clock;

    HttpAttempts(
            EndpointRegistry registry,
            AddressCheck addresses,
            PreparedEndpoints endpoints,
            RequestComposer composer,
            HttpPoster poster,
            Context context,
            Clock clock) {
        this.registry = registry;
        this.addresses = addresses;
        this.endpoints = endpoints;
        this.composer = composer;
        this.poster = poster;
        this.context = context;
        this.clock = clock;
    }

    @Override
    public void attempt(DeliveryTask task, Handler<Attempted> done) {
        Endpoint endpoint = registry.find(task.endpointId());
        Ending end = new Ending(task, endpoint, clock.instant(), done);
        if (endpoint == null) {
            end.handle(new Outcome.Gone());
        } else if (!endpoint.registration().isActive()) {
            end.handle(new Outcome.Disabled());
        } else {
            post(task, endpoint, end);
        }
    }

    private void post(DeliveryTask task, Endpoint endpoint, Ending end) {
        OutgoingRequest request;
        try {
            PreparedEndpoints.Prepared prepared = endpoints.of(endpoint, end.startedAt);
            request = composer.compose(task, prepared, end.startedAt);
            end.request = RecordedRequest.of(request, prepared);
        } catch (EndpointUrl.RefusedUrlException e) {
            end.handle(new Outcome.Failed(ErrorClass.ADDRESS_REFUSED, String.valueOf(e.getMessage())));
            return;
        } catch (SecretBox.SecretUnreadableException e) {
            end.handle(new Outcome.Failed(ErrorClass.SECRET_UNREADABLE, String.valueOf(e.getMessage())));
            return;
        }
        Duration timeout = Duration.ofMillis(endpoint.registration().timeoutMs());
        addresses.check(request.url(), context, timeout, checked -> {
            if (checked.address() == null) {
                end.handle(checked.refusal());
            } else {
                poster.post(request, checked.address(), timeout.minusNanos(end.elapsedNanos()), end);
            }
        });
    }

    /** Turns the outcome into an attempt that has ended. */
    private static final class Ending implements Handler<Outcome> {
        private final DeliveryTask task;
        private final @Nullable Endpoint endpoint;
        private final Instant startedAt;
        private final Handler<Attempted> done;
        private final long startedNanos = System.nanoTime();
        private DeliveryAttempt.@Nullable Request request;

        Ending(DeliveryTask task, @Nullable Endpoint endpoint, Instant startedAt, Handler<Attempted> done) {
            this.task = task;
            this.endpoint = endpoint;
            this.startedAt = startedAt;
            this.done = done;
        }

        long elapsedNanos() {
            return System.nanoTime() - startedNanos;
        }

        @Override
        public void handle(Outcome outcome) {
            boolean wasPosted = outcome instanceof Outcome.Responded || outcome instanceof Outcome.Failed;
            done.handle(new Attempted(
                    task,
                    outcome,
                    endpoint == null || !wasPosted ? null : endpoint.registration().url(),
                    endpoint == null ? 0 : endpoint.registration().version(),
                    startedAt,
                    TimeUnit.NANOSECONDS.toMicros(elapsedNanos()),
                    request));
        }
    }
}
