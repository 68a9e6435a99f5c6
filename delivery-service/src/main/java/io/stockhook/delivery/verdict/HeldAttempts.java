package io.stockhook.delivery.verdict;

import io.stockhook.delivery.dispatch.Attempts;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.delivery.DeliveryTask;
import io.vertx.core.Handler;
import java.time.Clock;

/** Sends nothing to an endpoint that has been judged, as if it were disabled already. One for each event loop. */
final class HeldAttempts implements Attempts {

    private final Attempts attempts;
    private final EndpointRegistry registry;
    private final EndpointJudge judge;
    private final Clock clock;

    HeldAttempts(Attempts attempts, EndpointRegistry registry, EndpointJudge judge, Clock clock) {
        this.attempts = attempts;
        this.registry = registry;
        this.judge = judge;
        this.clock = clock;
    }

    @Override
    public void attempt(DeliveryTask task, Handler<Attempted> done) {
        Endpoint endpoint = registry.find(task.endpointId());
        if (endpoint != null && judge.isHeld(endpoint.registration())) {
            done.handle(new Attempted(
                    task, new Outcome.Disabled(), null, endpoint.registration().version(), clock.instant(), 0, null));
        } else {
            attempts.attempt(task, done);
        }
    }
}
