package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.SecretBox;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.auth.EndpointAuth;
import io.stockhook.events.delivery.AwaitedConfirmation;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.template.InvalidTemplateException;
import io.stockhook.events.template.RenderingException;
import io.vertx.core.Handler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An attempt over HTTP: reads the endpoint's state at the last moment, composes, signs, authenticates, checks the address, posts.
 */
final class HttpAttempts implements Attempts {

    private static final int ACCEPTED = 202;

    private final EndpointRegistry registry;
    private final PreparedEndpoints endpoints;
    private final RequestComposer composer;
    private final AuthorisedPoster poster;
    private final Clock clock;

    HttpAttempts(
            EndpointRegistry registry,
            PreparedEndpoints endpoints,
            RequestComposer composer,
            AuthorisedPoster poster,
            Clock clock) {
        this.registry = registry;
        this.endpoints = endpoints;
        this.composer = composer;
        this.poster = poster;
        this.clock = clock;
    }

    @Override
    public void attempt(DeliveryTask task, Handler<Attempted> done) {
        Instant startedAt = clock.instant();
        long startedNanos = System.nanoTime();
        Endpoint endpoint = registry.find(task.endpointId());
        AtomicReference<@Nullable Composed> composed = new AtomicReference<>();
        Handler<Outcome> end = outcome -> done.handle(new Attempted(
                task,
                outcome,
                urlOf(endpoint, outcome),
                endpoint == null ? 0 : endpoint.registration().version(),
                startedAt,
                TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos),
                recorded(composed.get())));
        if (endpoint == null) {
            end.handle(new Outcome.Gone());
        } else if (!task.isTest() && registry.isHeld(endpoint)) {
            end.handle(new Outcome.Disabled());
        } else {
            post(task, endpoint, startedAt, startedNanos, composed, end);
        }
    }

    /** A request and what the log is to have of it. */
    private record Composed(OutgoingRequest request, DeliveryAttempt.Request recorded) {}

    private static DeliveryAttempt.@Nullable Request recorded(@Nullable Composed composed) {
        if (composed == null) {
            return null;
        }
        Timings timings = composed.request().timings();
        return composed.recorded().timed(timings.connectMicros(), timings.firstByteMicros());
    }

    private static @Nullable String urlOf(@Nullable Endpoint endpoint, Outcome outcome) {
        boolean wasPosted = outcome.answer() != null || outcome instanceof Outcome.Failed;
        return endpoint == null || !wasPosted ? null : endpoint.registration().url();
    }

    private void post(
            DeliveryTask task,
            Endpoint endpoint,
            Instant now,
            long startedNanos,
            AtomicReference<@Nullable Composed> composed,
            Handler<Outcome> end) {
        PreparedEndpoints.Prepared prepared;
        OutgoingRequest request;
        try {
            prepared = endpoints.of(endpoint, now);
            request = composer.compose(task, prepared, now);
            composed.set(new Composed(request, RecordedRequest.of(request, prepared)));
        } catch (EndpointUrl.RefusedUrlException e) {
            end.handle(new Outcome.Failed(ErrorClass.ADDRESS_REFUSED, String.valueOf(e.getMessage())));
            return;
        } catch (SecretBox.SecretUnreadableException e) {
            end.handle(new Outcome.Failed(ErrorClass.SECRET_UNREADABLE, String.valueOf(e.getMessage())));
            return;
        } catch (InvalidTemplateException | RenderingException e) {
            end.handle(new Outcome.Failed(ErrorClass.TEMPLATE_ERROR, String.valueOf(e.getMessage())));
            return;
        } catch (EndpointAuth.UnusableAuthException e) {
            end.handle(new Outcome.Failed(ErrorClass.AUTH_ERROR, String.valueOf(e.getMessage())));
            return;
        }
        Duration timeout = Duration.ofMillis(endpoint.registration().timeoutMs());
        AwaitedConfirmation awaited = RequestComposer.awaited(task, endpoint.registration(), now);
        poster.post(
                request,
                prepared,
                timeout.minusNanos(System.nanoTime() - startedNanos),
                awaited == null ? end : outcome -> end.handle(unlessDone(outcome, awaited)));
    }

    /** What an endpoint that confirms has taken with 202 is not done yet (RFC 9110, section 15.3.3). */
    private static Outcome unlessDone(Outcome outcome, AwaitedConfirmation awaited) {
        return outcome instanceof Outcome.Responded response && response.status() == ACCEPTED
                ? new Outcome.Taken(response, awaited.by())
                : outcome;
    }
}
