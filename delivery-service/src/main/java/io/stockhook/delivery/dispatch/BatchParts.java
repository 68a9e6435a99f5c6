package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.EventBatch;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes of an event what a batch has of it, in its endpoint's format as it is now. Thread-safe. */
public final class BatchParts {

    private static final Logger LOG = Logger.getLogger(BatchParts.class);

    private final PreparedEndpoints endpoints;
    private final Clock clock;

    /**
     * An event in the format of a batch.
     *
     * @param part what the batch has of it
     * @param contentType of a body that holds it
     */
    public record Formatted(EventBatch.Part part, String contentType) {}

    BatchParts(PreparedEndpoints endpoints, Clock clock) {
        this.endpoints = endpoints;
        this.clock = clock;
    }

    /** The event in its endpoint's format; empty if there is none, because of which it must not keep others from being sent. */
    public Optional<Formatted> format(DeliveryTask task, Endpoint endpoint) {
        try {
            BodyFormat format = endpoints.of(endpoint, clock.instant()).format();
            BodyFormat.Element element = format.element(task);
            EventBatch.Part part = new EventBatch.Part(task, element.bytes(), element.dataAt());
            return Optional.of(new Formatted(part, format.batchContentType()));
        } catch (RuntimeException e) {
            // It is attempted alone, and that attempt finds the same and says what it is.
            LOG.debugf("an event fits no batch: delivery_id=%s why=%s", task.deliveryId(), e.getMessage());
            return Optional.empty();
        }
    }
}
