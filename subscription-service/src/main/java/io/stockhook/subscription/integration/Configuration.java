package io.stockhook.subscription.integration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has configured of a provider.
 *
 * @param given the values that were given, secrets in clear, without the provider's defaults
 * @param notifications by event type or pattern, in their order
 * @param messageTemplate the message unless an event type has its own; null for the provider's default
 * @param isActive whether anything is sent
 */
record Configuration(
        Values given,
        Map<String, Notification> notifications,
        @Nullable String messageTemplate,
        boolean isActive) {

    /** Nothing, as if nothing had been said. */
    static final Configuration EMPTY = new Configuration(new Values(Map.of()), Map.of(), null, true);

    /** The same with other values. */
    Configuration with(Values others) {
        return new Configuration(others, notifications, messageTemplate, isActive);
    }
}
