package io.stockhook.inventory.outbox;

import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.Topics;
import io.stockhook.events.outbox.OutboxRecord;
import io.stockhook.web.edge.RequestTrace;
import io.stockhook.web.outbox.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Writes events as CloudEvents into the outbox, with the trace of the request that caused them. */
@ApplicationScoped
class OutboxEventPublisher implements EventPublisher {

    private static final String SOURCE = "/inventory";

    private final TransactionalOutbox outbox;
    private final RequestTrace trace;

    OutboxEventPublisher(TransactionalOutbox outbox, RequestTrace trace) {
        this.outbox = outbox;
        this.trace = trace;
    }

    @Override
    public void publish(String type, String tenantId, String subject, Instant time, Record data) {
        outbox.append(OutboxRecord.event(
                Topics.INVENTORY_EVENTS,
                new EventEnvelope(
                        Ids.next(Ids.Kind.EVENT),
                        type,
                        SOURCE,
                        subject,
                        time,
                        tenantId,
                        null,
                        null,
                        trace.traceparent(),
                        Json.write(data))));
    }
}
