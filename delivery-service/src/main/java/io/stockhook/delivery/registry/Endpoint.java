package io.stockhook.delivery.registry;

import io.stockhook.events.EndpointRegistration;

/**
 * An endpoint as the registry holds it.
 *
 * @param registration what the control plane published
 */
public record Endpoint(EndpointRegistration registration) {

    /** The endpoint's id, {@code wh_...}. */
    public String id() {
        return registration.endpointId();
    }

    /** Whose it is. */
    public String tenantId() {
        return registration.tenantId();
    }

    /** Whether this is a later state of the same endpoint than the other: a higher epoch, or a higher version within it. */
    boolean isNewerThan(Endpoint other) {
        int epochs = Integer.compare(registration.epoch(), other.registration.epoch());
        return epochs > 0 || (epochs == 0 && registration.version() > other.registration.version());
    }
}
