package io.stockhook.subscription.integration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant wants to hear of an event type.
 *
 * @param isEnabled whether it wants to hear of it at all
 * @param messageTemplate its own message; null for the configuration's
 * @param fields its own values of the provider's fields, by their names
 */
record Notification(boolean isEnabled, @Nullable String messageTemplate, Map<String, String> fields) {

    /** Its names in the API. */
    static final String ENABLED = "enabled";

    /** Its message's name in the API. */
    static final String MESSAGE_TEMPLATE = "message_template";

    Notification {
        fields = Map.copyOf(fields);
    }
}
