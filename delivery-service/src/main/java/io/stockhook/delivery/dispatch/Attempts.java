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
            DeliveryAttempt.@Nullable Request request) {

        private static final int BATCH_RECORDED_CHARS = 1024 * 1024;

        /** Whether it says anything of the endpoint: something was sent, or would have been if the endpoint could be reached. */
        public boolean saysSomething() {
            return outcome.answer() != null
                    || (outcome instanceof Outcome.Failed failure
                            && failure.errorClass().isOfTheEndpoint());
        }

        /**
         * Whether it says that the endpoint is in trouble: it did not answer, or said that it cannot (5xx), is overloaded (429) or timed
         * out (408). Any other 4xx is about the one request.
         */
        public boolean showsTrouble() {
            Outcome.Responded response = outcome.answer();
            return response != null
                    ? response.status() >= 500 || response.status() == 429 || response.status() == 408
                    : saysSomething();
        }

        /**
         * What it was for one event of the batch that was attempted. Bodies are cut, so that a batch takes no more of the log than
         * {@value #BATCH_RECORDED_CHARS} characters of each.
         *
         * @param single the event's own task
         * @param events how many the batch has
         */
        Attempted ofBatch(DeliveryTask single, int events) {
            int kept = BATCH_RECORDED_CHARS / events;
            Outcome cut = outcome instanceof Outcome.Responded response
                    ? new Outcome.Responded(
                            response.status(),
                            response.retryAfter(),
                            response.headers(),
                            beginning(response.body(), kept))
                    : outcome;
            DeliveryAttempt.Request cutRequest = request == null
                    ? null
                    : new DeliveryAttempt.Request(
                            request.method(),
                            request.headers(),
                            request.bodyBytes(),
                            beginning(request.body(), kept),
                            request.connectMicros(),
                            request.firstByteMicros());
            return new Attempted(single, cut, url, endpointVersion, startedAt, durationMicros, cutRequest);
        }

        private static @Nullable String beginning(@Nullable String text, int length) {
            return text == null || text.length() <= length ? text : text.substring(0, length);
        }

        /** The same attempt of a task that brings more. */
        public Attempted withTask(DeliveryTask other) {
            return new Attempted(other, outcome, url, endpointVersion, startedAt, durationMicros, request);
        }
    }

    /** Attempts a delivery and calls back once, whatever happens. */
    void attempt(DeliveryTask task, Handler<Attempted> done);
}
