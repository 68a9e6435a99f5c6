package io.stockhook.subscription.publication;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stockhook.web.etag.Answers;
import io.stockhook.web.etag.Versioned;
import io.stockhook.web.outbox.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.StatusCode;

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

    /** An answer with the new state and its place: 201, or 202. */
    public <V extends Versioned> RestResponse<V> created(String collectionPath, Publication<V> publication) {
        int status = status(publication.outboxId(), StatusCode.CREATED);
        return Answers.created(status, collectionPath, publication.state());
    }

    /** An answer with the changed state: 200, or 202. */
    public <V extends Versioned> RestResponse<V> changed(Publication<V> publication) {
        return Answers.of(status(publication.outboxId(), StatusCode.OK), publication.state());
    }

    /** An answer without a body to a deletion: 204, or 202. */
    public RestResponse<Void> deleted(long outboxId) {
        return ResponseBuilder.<Void>create(status(outboxId, StatusCode.NO_CONTENT))
                .build();
    }

    private int status(long outboxId, int confirmed) {
        if (outboxId == Publication.NOTHING) {
            return confirmed;
        }
        if (outboxId == Publication.LATER) {
            return StatusCode.ACCEPTED;
        }
        boolean onTopic = Boolean.TRUE.equals(
                confirmations.record(() -> outbox.awaitPublished(outboxId, config.confirmWithin())));
        if (onTopic) {
            return confirmed;
        }
        unconfirmed.increment();
        return StatusCode.ACCEPTED;
    }
}
