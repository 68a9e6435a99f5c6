package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.delivery.DeliveryTask;
import io.vertx.core.Handler;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Turns an attempt that throws into one that failed: whatever is wrong with one delivery, the loop goes on. */
final class GuardedAttempts implements Attempts {

    private static final Logger LOG = Logger.getLogger(GuardedAttempts.class);

    private final Attempts attempts;
    private final Clock clock;

    GuardedAttempts(Attempts attempts, Clock clock) {
        this.attempts = attempts;
        this.clock = clock;
    }

    @Override
    public void attempt(DeliveryTask task, Handler<Attempted> done) {
        Instant startedAt = clock.instant();
        Once once = new Once(done);
        try {
            attempts.attempt(task, once);
        } catch (RuntimeException e) {
            LOG.errorf(e, "attempt failed unexpectedly: delivery_id=%s", task.deliveryId());
            Outcome outcome = new Outcome.Failed(ErrorClass.INTERNAL_ERROR, "see the log of delivery-service");
            once.handle(new Attempted(task, outcome, null, 0, startedAt, 0, null));
        }
    }

    /** What throws may have called back before it did. */
    private static final class Once implements Handler<Attempted> {
        private final Handler<Attempted> done;
        private boolean isDone;

        Once(Handler<Attempted> done) {
            this.done = done;
        }

        @Override
        public void handle(Attempted attempted) {
            if (!isDone) {
                isDone = true;
                done.handle(attempted);
            }
        }
    }
}
