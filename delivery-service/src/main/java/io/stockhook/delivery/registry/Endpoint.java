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

    /**
     * Whether events are matched with it. One that the platform disabled still gets them: they end as held, so that what it missed is
     * known once it works again. What a person disabled is meant to miss them.
     */
    boolean isMatched() {
        return registration.isActive() || registration.disabledReason() != null;
    }

    /** Which state of the endpoint this is. */
    Version version() {
        return new Version(registration.epoch(), registration.version());
    }

    /**
     * The states of one endpoint in their order: a higher epoch is later, and a higher counter within it.
     *
     * @param epoch raised when the control plane is restored from a backup
     * @param counter raised by every change
     */
    record Version(int epoch, long counter) implements Comparable<Version> {

        @Override
        public int compareTo(Version other) {
            int epochs = Integer.compare(epoch, other.epoch);
            return epochs != 0 ? epochs : Long.compare(counter, other.counter);
        }
    }
}
