package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.EventTypes;
import io.stockhook.web.problem.Problems;
import java.util.Optional;
import java.util.function.Function;

/** Finds what a webhook is tried with. */
final class TestSample {

    /** The event type of a test where the webhook's patterns suggest none. */
    static final String DEFAULT_EVENT = "webhook.test";

    private static final String BELOW = ".*";

    private TestSample() {}

    /**
     * The sample for a request.
     *
     * @param exampleOf an example of what events of a type carry
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if it names no event type
     */
    static DeliveryTests.Sample of(
            WebhookView webhook, TestRequest request, Function<String, Optional<ObjectNode>> exampleOf) {
        String event = event(webhook, request);
        // One that is left out is read as a null of JSON.
        JsonNode given = request.payload();
        JsonNode payload = given == null || given.isNull()
                ? exampleOf.apply(event).orElseGet(() -> payload(webhook, event))
                : given;
        return new DeliveryTests.Sample(webhook.id(), webhook.version(), event, payload);
    }

    private static String event(WebhookView webhook, TestRequest request) {
        if (request.event() != null
                && request.eventType() != null
                && !request.event().equals(request.eventType())) {
            throw Problems.badField("event", "Must be the same as event_type, or left out.");
        }
        String asked = request.event() == null ? request.eventType() : request.event();
        if (asked == null) {
            return suggested(webhook);
        }
        if (!EventTypes.isName(asked)) {
            throw Problems.badField(
                    request.event() == null ? "event_type" : "event",
                    "Must be the name of an event type, order.created for example.");
        }
        return asked;
    }

    /** The first type that the webhook names, or one below the first that it names a beginning of. */
    private static String suggested(WebhookView webhook) {
        return webhook.events().stream()
                .filter(EventTypes::isName)
                .findFirst()
                .or(() -> webhook.events().stream()
                        .filter(pattern -> pattern.endsWith(BELOW))
                        .map(pattern -> pattern.substring(0, pattern.length() - 1) + "test")
                        .filter(EventTypes::isName)
                        .findFirst())
                .orElse(DEFAULT_EVENT);
    }

    private static ObjectNode payload(WebhookView webhook, String event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("message", "A test of the webhook %s. Nothing has happened.".formatted(webhook.name()))
                .put("webhook_id", webhook.id())
                .put("event", event);
    }
}
