package io.stockhook.inventory.outbox;

import java.time.Instant;

/** Where the features hand over what happened. */
public interface EventPublisher {

    /**
     * Publishes an event if and only if the current transaction commits. Events about one subject go out in the order in which
     * they are handed over, if the subject's row is locked.
     *
     * @param type its canonical name
     * @param tenantId whose event it is
     * @param subject the id of the product it is about
     * @param time when it happened
     * @param data a record that becomes the event's JSON
     */
    void publish(String type, String tenantId, String subject, Instant time, Record data);
}
