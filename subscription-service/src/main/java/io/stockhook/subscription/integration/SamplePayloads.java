package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.subscription.eventtype.SubscribableTypes;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds the data of an example of an event type: that of the catalog, or one that says that it is an example. */
@ApplicationScoped
class SamplePayloads {

    private final SubscribableTypes types;

    SamplePayloads(SubscribableTypes types) {
        this.types = types;
    }

    /** An object, of any type that there may be. */
    ObjectNode of(String tenantId, String event) {
        return types.exampleOf(tenantId, event)
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("message", "An example of " + event + "."));
    }
}
