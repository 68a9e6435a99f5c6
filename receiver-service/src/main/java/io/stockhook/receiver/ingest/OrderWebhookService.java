package io.stockhook.receiver.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.events.EventTypes;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.receiver.event.EventIntake;
import io.stockhook.receiver.event.NewEvent;
import io.stockhook.receiver.event.Outcome;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Makes an event of each order webhook. */
@ApplicationScoped
class OrderWebhookService {

    private static final String SOURCE = "/webhooks/order";

    private final EventIntake intake;
    private final ObjectMapper json;

    OrderWebhookService(EventIntake intake, ObjectMapper json) {
        this.intake = intake;
        this.json = json;
    }

    /**
     * A webhook that is stored for good.
     *
     * @param isPublished whether its event is on its way to subscribers already; if not, it will be once Kafka is back
     */
    record Receipt(ReceivedOrderWebhook webhook, boolean isPublished) {}

    /**
     * Takes a webhook in. Its event has no time of its own, hence that of its receipt: what happened here is that it was
     * received, and when the sender's record changed is in the data.
     *
     * <p>Its id is ours, so a sender that was told to come again would make a second event of it. Hence a log that is away is
     * no failure here: what is stored is published by the sweeper.
     *
     * @throws HttpProblem 413 if it is longer than an event may be; 400 if only the platform emits events of its type
     */
    Receipt receive(String tenantId, String traceParent, OrderWebhook webhook) {
        if (EventTypes.isReserved(webhook.eventType())) {
            throw Problems.badField(
                    "event_type",
                    "Begins with webhook. or system., which only the platform emits; name what happened.");
        }
        var received = new ReceivedOrderWebhook(
                Ids.next(Ids.Kind.EVENT),
                webhook.eventType(),
                webhook.event(),
                webhook.createdAt(),
                webhook.updatedAt());
        NewEvent event =
                new NewEvent(received.id(), webhook.eventType(), SOURCE, null, null, null, null, data(received));
        List<Outcome> outcomes = intake.accept(tenantId, traceParent, List.of(event));
        return new Receipt(received, outcomes.get(0).kind() == Outcome.Kind.ACCEPTED);
    }

    private byte[] data(ReceivedOrderWebhook received) {
        byte[] data;
        try {
            data = json.writeValueAsBytes(received);
        } catch (JsonProcessingException e) {
            throw Problems.badField("event", "Cannot be written as JSON in UTF-8: half of a surrogate pair.");
        }
        if (data.length > Topics.MAX_EVENT_BYTES) {
            throw Problems.tooLarge("event", "Makes an event longer than %d bytes.".formatted(Topics.MAX_EVENT_BYTES));
        }
        return data;
    }
}
