package io.stockhook.subscription.publication;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stockhook.web.outbox.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;

/**
 * Answers a change when every service can know of it: once its record is on the topic, or with 202 where that takes too long.
 * To be called after the change's transaction, so that nothing is held while it waits.
 */
@ApplicationScoped
public class ConfirmedAnswers {

    private final TransactionalOutbox outbox;
    private final PublicationConfig config;
    private final Timer confirmations;
    private final Counter unconfirmed;

    ConfirmedAnswers(TransactionalOutbox outbox, PublicationConfig config, MeterRegistry meters) {
        this.outbox = outbox;
        this.config = config;
        this.confirmations = Timer.builder(PublicationMetrics.CONFIRMATION_DURATION)
                .description("From the commit of a change until its record is acknowledged by the broker")
                .register(meters);
        this.unconfirmed = Counter.builder(PublicationMetrics.UNCONFIRMED)
                .description("Changes answered with 202 because the acknowledgement was late")
                .register(meters);
    }

    /** An answer with the changed state: this status, or 202. */
    public ResponseBuilder withState(Publication<?> publication, Status confirmed) {
        return Response.status(status(publication.outboxId(), confirmed)).entity(publication.state());
    }

    /** An answer without a body to a deletion: 204, or 202. */
    public Response deleted(long outboxId) {
        return Response.status(status(outboxId, Status.NO_CONTENT)).build();
    }

    private Status status(long outboxId, Status confirmed) {
        boolean onTopic = Boolean.TRUE.equals(
                confirmations.record(() -> outbox.awaitPublished(outboxId, config.confirmWithin())));
        if (onTopic) {
            return confirmed;
        }
        unconfirmed.increment();
        return Status.ACCEPTED;
    }
}
