package io.stockhook.events.delivery;

import io.stockhook.events.Ids;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several events in one request, frozen: the data of their task is what is known of each event, the request's body, and the data of those
 * whose data is not in the body byte for byte. Each attempt sends the same body, whatever becomes of the webhook in the meantime.
 *
 * @param contentType of the body
 * @param bodyOffset where the body begins in the task's data
 * @param bodyLength how long it is, in bytes
 * @param events in the order of the body, at least one
 */
public record EventBatch(String contentType, int bodyOffset, int bodyLength, List<Event> events) {

    /** The event type that a request of several events has. */
    public static final String TYPE = "batch";
    /** The most events of a batch. */
    public static final int MAX_EVENTS = 1_000;
    /** The longest body of a batch, in bytes. */
    public static final int MAX_BODY_BYTES = 2 * Topics.MAX_EVENT_BYTES;
    /** What all parts may weigh; leaves room for the task's own header, and for what a dead letter adds to it, in bytes. */
    public static final int MAX_WEIGHT_BYTES = Topics.MAX_RECORD_BYTES - 128 * 1024;

    private static final int VERSION = 1;
    /** More than the numbers of an event take. */
    private static final int NUMBERS_BYTES = 40;

    /**
     * An event of a batch; see {@link DeliveryTask} for what the values mean.
     *
     * @param dataOffset where its data begins in the task's data
     * @param dataLength how long that is, in bytes
     */
    public record Event(
            String deliveryId,
            int run,
            String eventId,
            String eventType,
            String subscribedAs,
            String eventSource,
            @Nullable String eventSubject,
            Instant eventTime,
            @Nullable String traceParent,
            @Nullable String messageId,
            int dataOffset,
            int dataLength) {}

    /**
     * An event that is to be in a batch.
     *
     * @param task its task
     * @param element what the body's array has of it
     * @param dataAt where in that its data begins, byte for byte as it was published; -1 if it is not in it
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one batch and handed on
    public record Part(DeliveryTask task, byte[] element, int dataAt) {

        /** What it takes of a record, in bytes: no less than it does. */
        public int weight() {
            return head(new WireWriter(VERSION), this, 0).toBytes().length
                    + NUMBERS_BYTES
                    + element.length
                    + (dataAt < 0 ? task.data().length : 0);
        }
    }

    /** The data of a batch's task: what {@link #read} reads. The body is a JSON array of the elements. */
    static byte[] freeze(List<Part> parts, String contentType) {
        int bodyLength = 1 + parts.size();
        int beside = 0;
        for (Part part : parts) {
            bodyLength += part.element.length;
            beside += part.dataAt < 0 ? part.task.data().length : 0;
        }
        WireWriter head =
                new WireWriter(VERSION).text(contentType).number(bodyLength).number(parts.size());
        byte[] payload = new byte[bodyLength + beside];
        int at = 0;
        int besideAt = bodyLength;
        for (Part part : parts) {
            payload[at] = (byte) (at == 0 ? '[' : ',');
            at++;
            System.arraycopy(part.element, 0, payload, at, part.element.length);
            if (part.dataAt < 0) {
                byte[] data = part.task.data();
                System.arraycopy(data, 0, payload, besideAt, data.length);
                head(head, part, besideAt);
                besideAt += data.length;
            } else {
                head(head, part, at + part.dataAt);
            }
            at += part.element.length;
        }
        payload[at] = ']';
        return concat(head.toBytes(), payload);
    }

    /** The offset counts from the body's beginning, so that it does not depend on how long the heads are. */
    private static WireWriter head(WireWriter out, Part part, int dataOffset) {
        DeliveryTask task = part.task;
        return out.text(task.deliveryId())
                .number(task.run())
                .text(task.eventId())
                .text(task.eventType())
                .text(task.subscribedAs())
                .text(task.eventSource())
                .text(task.eventSubject())
                .time(task.eventTime())
                .text(task.traceParent())
                .text(task.messageId())
                .number(dataOffset)
                .number(task.data().length);
    }

    /**
     * The batch that a task's data holds.
     *
     * @throws MalformedRecordException if it holds none
     */
    static EventBatch read(byte[] frozen) {
        WireReader in = new WireReader(frozen, VERSION);
        String contentType = in.requiredText("content type");
        int bodyLength = in.integer();
        int size = in.integer();
        if (size < 1 || size > MAX_EVENTS) {
            throw new MalformedRecordException("a batch of " + size + " events");
        }
        List<Event> relative = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            relative.add(event(in));
        }
        int payload = in.position();
        requireWithin(0, bodyLength, frozen.length - payload);
        List<Event> events = new ArrayList<>(size);
        for (Event event : relative) {
            requireWithin(event.dataOffset, event.dataLength, frozen.length - payload);
            events.add(movedBy(payload, event));
        }
        return new EventBatch(contentType, payload, bodyLength, List.copyOf(events));
    }

    private static Event event(WireReader in) {
        Event event = new Event(
                in.requiredText("delivery id"),
                in.integer(),
                in.requiredText("event id"),
                in.requiredText("event type"),
                in.requiredText("subscribed type"),
                in.requiredText("event source"),
                in.text(),
                in.requiredTime("event time"),
                in.text(),
                in.text(),
                in.integer(),
                in.integer());
        if (!Ids.isA(Ids.Kind.DELIVERY, event.deliveryId) || event.run < 1) {
            throw new MalformedRecordException("a batch with an event whose delivery id or run is none");
        }
        return event;
    }

    private static void requireWithin(int offset, int length, int whole) {
        if (offset < 0 || length < 0 || offset > whole || length > whole - offset) {
            throw new MalformedRecordException("a batch whose parts reach past its end");
        }
    }

    private static Event movedBy(int bytes, Event event) {
        return new Event(
                event.deliveryId,
                event.run,
                event.eventId,
                event.eventType,
                event.subscribedAs,
                event.eventSource,
                event.eventSubject,
                event.eventTime,
                event.traceParent,
                event.messageId,
                event.dataOffset + bytes,
                event.dataLength);
    }

    private static byte[] concat(byte[] head, byte[] payload) {
        byte[] whole = new byte[head.length + payload.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(payload, 0, whole, head.length, payload.length);
        return whole;
    }
}
