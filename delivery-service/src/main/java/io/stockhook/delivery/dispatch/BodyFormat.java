package io.stockhook.delivery.dispatch;

import io.stockhook.events.delivery.DeliveryTask;

/** How an endpoint's bodies are built. The same task gives the same bytes each time. */
interface BodyFormat {

    /**
     * The body of a delivery.
     *
     * @throws io.stockhook.events.template.RenderingException if its template makes none of this event
     */
    byte[] body(DeliveryTask task);

    /** The version of its event type's payload that a task's data is delivered in; 0 where the endpoint does not care, or it is not known. */
    default int version(DeliveryTask task) {
        return 0;
    }

    /** The value of {@code Content-Type}. */
    String contentType();
}
