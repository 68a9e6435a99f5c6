package io.stockhook.delivery.query;

import io.stockhook.events.EventTypeNames;
import io.stockhook.events.EventTypes;
import io.stockhook.events.Ids;
import io.stockhook.web.problem.Problems;
import java.util.UUID;

/** The values that the filters of all lists have in common. Each is a 400 naming its parameter where it does not fit. */
final class FilterValues {

    private FilterValues() {}

    static UUID webhookId(String text) {
        return webhookId("webhook_id", text);
    }

    /** The webhook that this parameter or field names. */
    static UUID webhookId(String field, String text) {
        if (!Ids.isA(Ids.Kind.WEBHOOK, text)) {
            throw Problems.badField(field, "Must be a webhook's id, wh_ and 32 hex digits.");
        }
        return Ids.uuid(Ids.Kind.WEBHOOK, text);
    }

    /** The type that the name stands for. */
    static String eventType(String text, EventTypeNames names) {
        return eventType("event_type", text, names);
    }

    /** The type that the name in this parameter stands for. */
    static String eventType(String parameter, String text, EventTypeNames names) {
        if (!EventTypes.isName(text)) {
            throw Problems.badField(parameter, "Must be the name of an event type, product.updated for example.");
        }
        return names.canonical(text);
    }
}
