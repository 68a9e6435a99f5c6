package io.stockhook.subscription.integration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of a configuration the requests that a provider gets. Pure. */
interface Composition {

    /**
     * The requests.
     *
     * @param message the message, ready to stand in a JSON text, or the whole body; empty for a provider that takes none
     */
    Outgoing compose(Values values, String message);

    /**
     * What requests to a provider share, secrets in clear; its text form shows none.
     *
     * @param url where they are posted to
     * @param template the body, for {@link io.stockhook.events.template.BodyTemplate}
     * @param auth {@code auth} as a webhook's request has it; empty for none
     */
    record Outgoing(String url, String template, Map<String, String> auth) {

        Outgoing(String url, String template) {
            this(url, template, Map.of());
        }

        @Override
        public String toString() {
            return "Outgoing";
        }
    }

    /** The value as a template, or null if there is none. */
    static @Nullable String template(Values values, String name) {
        String value = values.find(name);
        return value == null ? null : MessageText.of(value);
    }
}
