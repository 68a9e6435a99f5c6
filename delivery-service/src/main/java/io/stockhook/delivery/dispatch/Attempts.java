package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import io.vertx.core.Handler;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes attempts. Called and calling back on one event loop. */
public interface Attempts {

    /**
     * An attempt that has ended.
     *
     * @param task what was attempted
     * @param outcome how it ended
     * @param url where it was posted to; null if nothing was
     * @param endpointVersion the version of the registration that was used; 0 if there was none
     * @param startedAt when it began
     * @param durationMicros how long it took, in microseconds
     * @param request what was sent, for the log; null if nothing was composed
     */
    record Attempted(
            DeliveryTask task,
            Outcome outcome,
            @Nullable String url,
            long endpointVersion,
            Instant startedAt,
            long durationMicros,
            DeliveryAttempt.@Nullable Request request) {}

    /** Attempts a delivery and calls back once, whatever happens. */
    void attempt(DeliveryTask task, Handler<Attempted> done);
}
