package io.stockhook.delivery.trial;

import io.stockhook.delivery.dispatch.Attempts;
import io.stockhook.delivery.dispatch.Dispatch;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.web.problem.Problems;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes single attempts on an event loop of their own: composed, signed, authenticated, address-checked and bounded in time like those of
 * deliveries, and with none of what follows them: no entry in the log, no retry, no verdict on the endpoint, no slot of its rate. An
 * endpoint that is disabled or whose circuit is open can be tried as well; that is what one does before it is enabled.
 */
@ApplicationScoped
public class TestSends {

    private static final Logger LOG = Logger.getLogger(TestSends.class);
    private static final Duration LOOKED_FOR_EVERY = Duration.ofMillis(20);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final TestSendConfig config;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<String, Integer> inFlightByTenant = new ConcurrentHashMap<>();
    private volatile @Nullable Means means;

    /** What an attempt takes; there once the engine runs. */
    private record Means(Context context, Attempts attempts, EndpointRegistry registry) {}

    TestSends(Vertx vertx, TestSendConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** Lets test sends go. */
    public void begin(Dispatch dispatch, EndpointRegistry registry) {
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        means = new Means(context, dispatch.on(context, config.maxInFlight()), registry);
    }

    /** Refuses test sends from now on; those under way end in their time. */
    public void end() {
        means = null;
    }

    /**
     * Attempts a task once.
     *
     * @param version the version of the webhook that is to be tried, or a later one; null for whichever is known
     * @return what came of it, or the problem that kept it from being attempted: 404 if the tenant has no such webhook, 429 if too many are
     *     under way, 503 if this instance delivers nothing or does not know this version yet
     */
    CompletionStage<Attempts.Attempted> send(DeliveryTask task, @Nullable Long version) {
        Means with = means;
        if (with == null) {
            return CompletableFuture.failedFuture(
                    Problems.unavailable("This instance does not deliver at the moment.", RETRY_AFTER));
        }
        String tenantId = task.tenantId();
        if (!take(tenantId)) {
            return CompletableFuture.failedFuture(Problems.tooManyRequests(
                    "Too many test sends are under way; wait until one has ended.", RETRY_AFTER));
        }
        CompletableFuture<Attempts.Attempted> result = new CompletableFuture<>();
        long giveUpAtNanos = System.nanoTime() + config.knownWithin().toNanos();
        with.context.runOnContext(unused -> sendOnceKnown(with, task, version, giveUpAtNanos, result));
        return result.whenComplete((attempted, failure) -> giveBack(tenantId));
    }

    private void sendOnceKnown(
            Means with,
            DeliveryTask task,
            @Nullable Long version,
            long giveUpAtNanos,
            CompletableFuture<Attempts.Attempted> result) {
        Endpoint endpoint = with.registry.find(task.endpointId());
        boolean isKnown = endpoint != null
                && endpoint.tenantId().equals(task.tenantId())
                && (version == null || endpoint.registration().version() >= version);
        if (isKnown) {
            with.attempts.attempt(task, attempted -> {
                LOG.debugf("test send ended: endpoint_id=%s outcome=%s", task.endpointId(), attempted.outcome());
                result.complete(attempted);
            });
        } else if (System.nanoTime() < giveUpAtNanos) {
            vertx.setTimer(
                    LOOKED_FOR_EVERY.toMillis(), unused -> sendOnceKnown(with, task, version, giveUpAtNanos, result));
        } else if (version == null) {
            result.completeExceptionally(Problems.notFound("webhook", task.endpointId()));
        } else {
            result.completeExceptionally(
                    Problems.unavailable("The webhook's last change is not known here yet.", RETRY_AFTER));
        }
    }

    private boolean take(String tenantId) {
        if (inFlight.incrementAndGet() > config.maxInFlight()) {
            inFlight.decrementAndGet();
            return false;
        }
        int ofTenant = inFlightByTenant.merge(tenantId, 1, Integer::sum);
        if (ofTenant > config.maxInFlightPerTenant()) {
            giveBack(tenantId);
            return false;
        }
        return true;
    }

    private void giveBack(String tenantId) {
        inFlight.decrementAndGet();
        inFlightByTenant.computeIfPresent(tenantId, (unused, count) -> count == 1 ? null : count - 1);
    }
}
