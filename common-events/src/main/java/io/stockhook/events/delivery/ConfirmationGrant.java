package io.stockhook.events.delivery;

import io.stockhook.events.MalformedRecordException;
import java.time.Instant;

/**
 * Leave to confirm one attempt, with all that the log needs to know when it is. An endpoint gets it sealed and shows it again.
 *
 * @param deliveryId the delivery
 * @param endpointId the endpoint
 * @param tenantId whose it is
 * @param eventId the event
 * @param eventType its canonical type
 * @param subscribedAs the spelling it was delivered under
 * @param eventTime when the event happened
 * @param run the run, from 1
 * @param attempt the attempt, from 1
 * @param awaited since when it is waited for, and until when
 */
public record ConfirmationGrant(
        String deliveryId,
        String endpointId,
        String tenantId,
        String eventId,
        String eventType,
        String subscribedAs,
        Instant eventTime,
        int run,
        int attempt,
        AwaitedConfirmation awaited) {

    private static final int VERSION = 1;

    /** For a task that is attempted now. */
    public static ConfirmationGrant of(DeliveryTask task, AwaitedConfirmation awaited) {
        return new ConfirmationGrant(
                task.deliveryId(),
                task.endpointId(),
                task.tenantId(),
                task.eventId(),
                task.eventType(),
                task.subscribedAs(),
                task.eventTime(),
                task.run(),
                task.attempt(),
                awaited);
    }

    /** As it is sealed. */
    public byte[] toBytes() {
        WireWriter out = new WireWriter(VERSION)
                .text(deliveryId)
                .text(endpointId)
                .text(tenantId)
                .text(eventId)
                .text(eventType)
                .text(subscribedAs)
                .time(eventTime)
                .number(run)
                .number(attempt);
        AwaitedConfirmation.write(awaited, out);
        return out.toBytes();
    }

    /**
     * What was sealed.
     *
     * @throws MalformedRecordException if it was something else
     */
    public static ConfirmationGrant read(byte[] bytes) {
        WireReader in = new WireReader(bytes, VERSION);
        String deliveryId = in.requiredText("delivery id");
        String endpointId = in.requiredText("endpoint id");
        String tenantId = in.requiredText("tenant id");
        String eventId = in.requiredText("event id");
        String eventType = in.requiredText("event type");
        String subscribedAs = in.requiredText("subscribed type");
        Instant eventTime = in.requiredTime("event time");
        int run = in.integer();
        int attempt = in.integer();
        AwaitedConfirmation awaited = AwaitedConfirmation.read(in);
        if (awaited == null) {
            throw new MalformedRecordException("a grant without an end");
        }
        return new ConfirmationGrant(
                deliveryId, endpointId, tenantId, eventId, eventType, subscribedAs, eventTime, run, attempt, awaited);
    }
}
