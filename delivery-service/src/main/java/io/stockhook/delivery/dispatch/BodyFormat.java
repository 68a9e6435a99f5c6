package io.stockhook.delivery.dispatch;

import io.stockhook.events.delivery.DeliveryTask;

/** How an endpoint's bodies are built. The same task gives the same bytes each time. */
interface BodyFormat {

    /**
     * What the array of a batch has of an event.
     *
     * @param bytes a JSON value
     * @param dataAt where in that the event's data begins, byte for byte as it was published; -1 if it is not in it
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one batch and handed on
    record Element(byte[] bytes, int dataAt) {}

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

    /**
     * The event in a batch, with an id of its own wherever the format is ours.
     *
     * @throws io.stockhook.events.template.RenderingException if its template makes none of this event
     */
    Element element(DeliveryTask task);

    /** The value of {@code Content-Type} of a batch. */
    String batchContentType();
}
