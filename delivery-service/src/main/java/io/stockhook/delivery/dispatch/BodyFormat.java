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

    /** The value of {@code Content-Type}. */
    String contentType();
}
