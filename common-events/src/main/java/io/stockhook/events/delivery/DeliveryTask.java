package io.stockhook.events.delivery;

import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint. The record's value is the event's data as it was published; everything else is in the
 * header {@value #HEADER}, so that what only moves a task never touches the data.
 *
 * @param deliveryId derived from event and endpoint, see {@link Ids#delivery}
 * @param endpointId where to, and the record's key
 * @param tenantId whose it is
 * @param eventId the event's id, which is the {@code webhook-id}
 * @param eventType the event's canonical type
 * @param subscribedAs the spelling of the type under which the endpoint subscribed, and under which it is delivered
 * @param eventSource the event's CloudEvents source
 * @param eventSubject the event's subject; null if it has none
 * @param eventTime when the event happened
 * @param traceParent the trace it belongs to; null if it has none
 * @param run 1 at first; a manual retry or replay begins the next
 * @param attempt the number of the attempt that is due, from 1 in each run
 * @param deferrals how often this attempt has been put off without being made
 * @param due not before this
 * @param cause why it is here
 * @param firstAttemptAt when this run's first attempt was made; null before it
 * @param messageId the {@code webhook-id} of a replay that was asked to have one of its own; null for the event's id
 * @param data the event's data
 */
@SuppressWarnings("ArrayRecordComponent") // owned by the record it was read from; nobody writes to it
public record DeliveryTask(
        String deliveryId,
        String endpointId,
        String tenantId,
        String eventId,
        String eventType,
        String subscribedAs,
        String eventSource,
        @Nullable String eventSubject,
        Instant eventTime,
        @Nullable String traceParent,
        int run,
        int attempt,
        int deferrals,
        Instant due,
        Cause cause,
        @Nullable Instant firstAttemptAt,
        @Nullable String messageId,
        byte[] data) {

    /** The name of the header that holds all but the data. */
    public static final String HEADER = "stockhook-task";

    private static final int VERSION = 1;
    private static final Cause[] CAUSES = Cause.values();

    /** Why a task is due. The order is part of the wire format: new ones go to the end. */
    public enum Cause {
        /** The event has just been fanned out. */
        EVENT,
        /** An attempt failed and is repeated. */
        RETRY,
        /** The endpoint could take no more at the time. */
        DEFERRAL,
        /** Somebody asked for it once more: the first task of a run after the first. */
        REPLAY
    }

    /** The first task of an event for an endpoint. */
    public static DeliveryTask first(EventEnvelope event, String endpointId, String subscribedAs, Instant now) {
        return new DeliveryTask(
                Ids.delivery(event.id(), endpointId, event.time()),
                endpointId,
                event.tenantId(),
                event.id(),
                event.type(),
                subscribedAs,
                event.source(),
                event.subject(),
                event.time(),
                event.traceParent(),
                1,
                1,
                0,
                now,
                Cause.EVENT,
                null,
                null,
                event.data());
    }

    /** The {@code webhook-id}: what a receiver deduplicates by. */
    public String webhookId() {
        return messageId == null ? eventId : messageId;
    }

    /** Whether somebody asked for it once more: every run but the first is a manual retry or a replay. */
    public boolean isReplay() {
        return run > 1;
    }

    /** The same, due later, before anything of it has been attempted. */
    public DeliveryTask scheduled(Instant at) {
        return with(attempt, deferrals, at, cause, firstAttemptAt);
    }

    /** The next attempt of the same run, due later. */
    public DeliveryTask retry(Instant at, Instant firstAttempt) {
        return with(attempt + 1, 0, at, Cause.RETRY, firstAttempt);
    }

    /** The same attempt, put off. */
    public DeliveryTask deferred(Instant until) {
        return with(attempt, deferrals + 1, until, Cause.DEFERRAL, firstAttemptAt);
    }

    /**
     * The first task of another run, due at once.
     *
     * @param newRun above that of every run there was
     * @param newMessageId the {@code webhook-id} of its own; null for the event's id
     */
    public DeliveryTask ofRun(int newRun, Instant now, @Nullable String newMessageId) {
        return new DeliveryTask(
                deliveryId,
                endpointId,
                tenantId,
                eventId,
                eventType,
                subscribedAs,
                eventSource,
                eventSubject,
                eventTime,
                traceParent,
                newRun,
                1,
                0,
                now,
                Cause.REPLAY,
                null,
                newMessageId,
                data);
    }

    /** An attempt of a run, of which nothing else is known. */
    public DeliveryTask inRun(int itsRun, int itsAttempt) {
        return ofRun(itsRun, due, messageId).with(itsAttempt, 0, due, cause, null);
    }

    private DeliveryTask with(
            int newAttempt, int newDeferrals, Instant newDue, Cause newCause, @Nullable Instant newFirstAttemptAt) {
        return new DeliveryTask(
                deliveryId,
                endpointId,
                tenantId,
                eventId,
                eventType,
                subscribedAs,
                eventSource,
                eventSubject,
                eventTime,
                traceParent,
                run,
                newAttempt,
                newDeferrals,
                newDue,
                newCause,
                newFirstAttemptAt,
                messageId,
                data);
    }

    /** The record for a topic of tasks: the tasks topic itself or a delay tier. */
    public ProducerRecord<byte[], byte[]> toRecord(String topic) {
        ProducerRecord<byte[], byte[]> target =
                new ProducerRecord<>(topic, endpointId.getBytes(StandardCharsets.UTF_8), data);
        target.headers().add(header());
        return target;
    }

    /** Everything but the data, as the record's header. The due time comes first, for those who only wait for it. */
    public Header header() {
        byte[] encoded = new WireWriter(VERSION)
                .time(due)
                .text(deliveryId)
                .text(endpointId)
                .text(tenantId)
                .text(eventId)
                .text(eventType)
                .text(subscribedAs)
                .text(eventSource)
                .text(eventSubject)
                .time(eventTime)
                .text(traceParent)
                .number(run)
                .number(attempt)
                .number(deferrals)
                .number(cause.ordinal())
                .time(firstAttemptAt)
                .text(messageId)
                .toBytes();
        return new RecordHeader(HEADER, encoded);
    }

    /**
     * When the task of a record is due, without reading the rest.
     *
     * @throws MalformedRecordException if the record is no task
     */
    public static Instant due(Headers headers) {
        return reader(headers).requiredTime("due time");
    }

    /**
     * The task that a record holds.
     *
     * @throws MalformedRecordException if it is none
     */
    public static DeliveryTask read(Headers headers, byte @Nullable [] data) {
        if (data == null) {
            throw new MalformedRecordException("a task without data");
        }
        WireReader in = reader(headers);
        Instant due = in.requiredTime("due time");
        DeliveryTask task = new DeliveryTask(
                in.requiredText("delivery id"),
                in.requiredText("endpoint id"),
                in.requiredText("tenant id"),
                in.requiredText("event id"),
                in.requiredText("event type"),
                in.requiredText("subscribed type"),
                in.requiredText("event source"),
                in.text(),
                in.requiredTime("event time"),
                in.text(),
                in.integer(),
                in.integer(),
                in.integer(),
                due,
                in.constant(CAUSES, "cause"),
                in.time(),
                in.text(),
                data);
        if (task.run < 1 || task.attempt < 1 || task.deferrals < 0) {
            throw new MalformedRecordException("a task with a run, attempt or deferral count out of range");
        }
        if (!Ids.isA(Ids.Kind.DELIVERY, task.deliveryId)) {
            throw new MalformedRecordException("a task whose delivery id is none");
        }
        return task;
    }

    private static WireReader reader(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null) {
            throw new MalformedRecordException("a task without header " + HEADER);
        }
        return new WireReader(header.value(), VERSION);
    }
}
