package io.stockhook.events.delivery;

import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint. The record's value is the event's data as it was published; everything else is in the
 * header {@value #HEADER}, so that what only moves a task never touches the data.
 *
 * <p>A task with a {@code batch} is several events on their way in one request. It has an id of its own, {@code bat_...}, in place of those
 * of a delivery and an event, and its data is what {@link EventBatch} says.
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
 * @param heldUpSince when the endpoint's open circuit first kept this attempt from being made; null if it has not
 * @param slotMark whose slot of the endpoint's rate it comes back for, as its giver marked it; 0 for none
 * @param messageId the {@code webhook-id} of a replay that was asked to have one of its own; null for the event's id
 * @param data the event's data
 * @param streak the failed attempts at the endpoint up to the one that is repeated; null for an event's first task and where none counts
 * @param awaited the confirmation that it waits for, of the attempt that it has made; null if none
 * @param batch the events that go in one request; null for a task of one event
 * @param sequence where it stands in the order of its endpoint's; null if that has none, or it was not looked for yet
 * @param dataVersion the version of its event type's payload that the data is of, from 1 up; 0 if it is not known
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
        @Nullable Instant heldUpSince,
        long slotMark,
        @Nullable String messageId,
        byte[] data,
        @Nullable FailureStreak streak,
        @Nullable AwaitedConfirmation awaited,
        @Nullable EventBatch batch,
        @Nullable Sequence sequence,
        int dataVersion) {

    /** The name of the header that holds all but the data. */
    public static final String HEADER = "stockhook-task";

    private static final char PART_SEPARATOR = '#';
    /** An odd number whose bits spread those of a hash over all of it. */
    private static final int SPREADING = 0x9E3779B1;

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
        REPLAY,
        /** The endpoint took the attempt with 202 and is to confirm it. */
        CONFIRMATION,
        /** Somebody tries the endpoint: it is on no topic, and nothing follows it. */
        TEST
    }

    /** The first task of an event for an endpoint, of whose data the version is not known. */
    public static DeliveryTask first(EventEnvelope event, String endpointId, String subscribedAs, Instant now) {
        return first(event, endpointId, subscribedAs, now, 0);
    }

    /** The first task of an event for an endpoint, its data of this version of its event type's payload. */
    public static DeliveryTask first(
            EventEnvelope event, String endpointId, String subscribedAs, Instant now, int dataVersion) {
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
                0,
                null,
                event.data(),
                null,
                null,
                null,
                null,
                dataVersion);
    }

    /** The same with other data. */
    public DeliveryTask withData(byte[] newData) {
        Change other = new Change(this);
        other.data = newData;
        return other.task();
    }

    /**
     * The first task of a batch: the events as they are from now on, for as long as it is tried. Its id is that of these runs of these
     * deliveries, so that the same batch made again, after a crash, is known.
     *
     * @param parts at least one, all for the same endpoint and none attempted yet, in the order of the body
     * @param contentType of the body
     */
    public static DeliveryTask batch(List<EventBatch.Part> parts, String contentType, Instant now) {
        DeliveryTask first = parts.get(0).task();
        String members = parts.stream()
                .map(part -> part.task().deliveryId() + ' ' + part.task().run())
                .collect(Collectors.joining("\n"));
        String id = Ids.derived(Ids.Kind.BATCH, first.eventTime(), members);
        byte[] frozen = EventBatch.freeze(parts, contentType);
        return new DeliveryTask(
                id,
                first.endpointId,
                first.tenantId,
                id,
                EventBatch.TYPE,
                EventBatch.TYPE,
                EventBatch.TYPE,
                null,
                first.eventTime,
                null,
                1,
                1,
                0,
                now,
                Cause.EVENT,
                null,
                null,
                0,
                null,
                frozen,
                null,
                null,
                EventBatch.read(frozen),
                null,
                0);
    }

    /** What is under way, each event as if it had come alone and with data of its own: those of the batch, or else this one. */
    public List<DeliveryTask> singles() {
        return batch == null
                ? List.of(this)
                : batch.events().stream().map(this::single).toList();
    }

    private DeliveryTask single(EventBatch.Event event) {
        return new DeliveryTask(
                event.deliveryId(),
                endpointId,
                tenantId,
                event.eventId(),
                event.eventType(),
                event.subscribedAs(),
                event.eventSource(),
                event.eventSubject(),
                event.eventTime(),
                event.traceParent(),
                event.run(),
                attempt,
                deferrals,
                due,
                cause,
                firstAttemptAt,
                heldUpSince,
                slotMark,
                event.messageId(),
                Arrays.copyOfRange(data, event.dataOffset(), event.dataOffset() + event.dataLength()),
                streak,
                null,
                null,
                null,
                0);
    }

    /** The UUID of its delivery, or of its batch. */
    public UUID uuid() {
        return Ids.uuid(kind(batch), deliveryId);
    }

    private static Ids.Kind kind(@Nullable EventBatch batch) {
        return batch == null ? Ids.Kind.DELIVERY : Ids.Kind.BATCH;
    }

    /** The {@code webhook-id}: what a receiver deduplicates by. */
    public String webhookId() {
        return messageId == null ? eventId : messageId;
    }

    /** Whether somebody asked for it once more: every run but the first is a manual retry or a replay. */
    public boolean isReplay() {
        return run > 1;
    }

    /** The same, sent to try the endpoint. */
    public DeliveryTask test() {
        Change test = new Change(this);
        test.cause = Cause.TEST;
        return test.task();
    }

    /** Whether somebody tries the endpoint with it. */
    public boolean isTest() {
        return cause == Cause.TEST;
    }

    /** The same, due later, before anything of it has been attempted. */
    public DeliveryTask scheduled(Instant at) {
        Change later = new Change(this);
        later.due = at;
        return later.task();
    }

    /** The next attempt of the same run, due later. */
    public DeliveryTask retry(Instant at, Instant firstAttempt) {
        Change next = new Change(this);
        next.attempt = attempt + 1;
        next.deferrals = 0;
        next.due = at;
        next.cause = Cause.RETRY;
        next.firstAttemptAt = firstAttempt;
        next.heldUpSince = null;
        next.slotMark = 0;
        next.awaited = null;
        return next.task();
    }

    /** The same attempt, put off. */
    public DeliveryTask deferred(Instant until) {
        return deferredToSlot(until, 0);
    }

    /** The same attempt, put off until the slot that it was given. */
    public DeliveryTask deferredToSlot(Instant slot, long mark) {
        Change deferred = new Change(this);
        deferred.deferrals = deferrals + 1;
        deferred.due = slot;
        deferred.cause = Cause.DEFERRAL;
        deferred.slotMark = mark;
        return deferred.task();
    }

    /** The same attempt, put off because the endpoint's circuit is open. */
    public DeliveryTask heldUp(Instant until, Instant since) {
        Change heldUp = new Change(deferred(until));
        heldUp.heldUpSince = since;
        return heldUp.task();
    }

    /** The same task, in this place of an order. */
    public DeliveryTask inSequence(@Nullable Sequence place) {
        if (Objects.equals(place, sequence)) {
            return this;
        }
        Change placed = new Change(this);
        placed.sequence = place;
        return placed.task();
    }

    /** How many attempts of its run count towards the retry policy with the one that is due: those of the present round. */
    public int attemptOfRound() {
        return sequence == null ? attempt : Math.max(1, attempt - sequence.attemptsBefore());
    }

    /** The next attempt of the same run, which begins a new round of retries, due at once. */
    public DeliveryTask newRound(Instant now) {
        Change anew = new Change(retry(now, now));
        anew.firstAttemptAt = null;
        anew.streak = null;
        anew.sequence = new Sequence(sequence == null ? null : sequence.key(), attempt);
        return anew.task();
    }

    /** The same attempt, which has been made and is to be confirmed: due when it is next looked whether it was. */
    public DeliveryTask awaiting(AwaitedConfirmation confirmation, Instant nextLook) {
        Change waiting = new Change(deferred(nextLook));
        waiting.cause = Cause.CONFIRMATION;
        waiting.heldUpSince = null;
        waiting.awaited = confirmation;
        return waiting.task();
    }

    /** The same task, which brings this streak. */
    public DeliveryTask withStreak(@Nullable FailureStreak newStreak) {
        Change bringing = new Change(this);
        bringing.streak = newStreak;
        return bringing.task();
    }

    /**
     * The first task of another run, due at once.
     *
     * @param newRun above that of every run there was
     * @param newMessageId the {@code webhook-id} of its own; null for the event's id
     */
    public DeliveryTask ofRun(int newRun, Instant now, @Nullable String newMessageId) {
        Change anew = new Change(retry(now, now));
        anew.run = newRun;
        anew.attempt = 1;
        anew.cause = Cause.REPLAY;
        anew.firstAttemptAt = null;
        anew.messageId = newMessageId;
        anew.streak = null;
        anew.sequence = sequence == null || sequence.key() == null ? null : new Sequence(sequence.key(), 0);
        return anew.task();
    }

    /** An attempt of a run, of which nothing else is known. */
    public DeliveryTask inRun(int itsRun, int itsAttempt) {
        Change other = new Change(ofRun(itsRun, due, messageId));
        other.attempt = itsAttempt;
        other.cause = cause;
        return other.task();
    }

    /** A copy of a task that differs in some of what changes on a task's way. */
    private static final class Change {
        private final DeliveryTask of;
        private int attempt;
        private int deferrals;
        private Instant due;
        private Cause cause;
        private @Nullable Instant firstAttemptAt;
        private @Nullable Instant heldUpSince;
        private long slotMark;
        private int run;
        private @Nullable String messageId;
        private @Nullable FailureStreak streak;
        private @Nullable AwaitedConfirmation awaited;
        private @Nullable Sequence sequence;
        private byte[] data;

        Change(DeliveryTask of) {
            this.of = of;
            this.run = of.run;
            this.messageId = of.messageId;
            this.attempt = of.attempt;
            this.deferrals = of.deferrals;
            this.due = of.due;
            this.cause = of.cause;
            this.firstAttemptAt = of.firstAttemptAt;
            this.heldUpSince = of.heldUpSince;
            this.slotMark = of.slotMark;
            this.streak = of.streak;
            this.awaited = of.awaited;
            this.sequence = of.sequence;
            this.data = of.data;
        }

        DeliveryTask task() {
            return new DeliveryTask(
                    of.deliveryId,
                    of.endpointId,
                    of.tenantId,
                    of.eventId,
                    of.eventType,
                    of.subscribedAs,
                    of.eventSource,
                    of.eventSubject,
                    of.eventTime,
                    of.traceParent,
                    run,
                    attempt,
                    deferrals,
                    due,
                    cause,
                    firstAttemptAt,
                    heldUpSince,
                    slotMark,
                    messageId,
                    data,
                    streak,
                    awaited,
                    of.batch,
                    sequence,
                    of.dataVersion);
        }
    }

    /**
     * The key of its records, by which it comes to one of its endpoint's owners: always the same one, whoever computes it.
     *
     * @param parallelism how many owners the endpoint has
     */
    public String key(int parallelism) {
        return parallelism <= 1
                ? endpointId
                : endpointId + PART_SEPARATOR + Math.floorMod((deliveryId.hashCode() * SPREADING) >>> 16, parallelism);
    }

    /**
     * The record for a topic of tasks: the tasks topic itself or a delay tier.
     *
     * @param parallelism how many owners its endpoint has; a task with the key of another number finds its way, by a detour
     */
    public ProducerRecord<byte[], byte[]> toRecord(String topic, int parallelism) {
        ProducerRecord<byte[], byte[]> target =
                new ProducerRecord<>(topic, key(parallelism).getBytes(StandardCharsets.UTF_8), data);
        target.headers().add(header());
        return target;
    }

    /** The record for an endpoint with one owner. */
    public ProducerRecord<byte[], byte[]> toRecord(String topic) {
        return toRecord(topic, 1);
    }

    /** Everything but the data, as the record's header. The due time comes first, for those who only wait for it. */
    public Header header() {
        WireWriter out = new WireWriter(VERSION)
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
                .time(heldUpSince)
                .number(slotMark)
                .text(messageId);
        FailureStreak.write(streak, out);
        AwaitedConfirmation.write(awaited, out);
        out.number(batch == null ? 0 : batch.events().size());
        Sequence.write(sequence, out);
        out.number(dataVersion);
        return new RecordHeader(HEADER, out.toBytes());
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
                in.time(),
                in.number(),
                in.text(),
                data,
                FailureStreak.read(in),
                AwaitedConfirmation.read(in),
                batch(in, data),
                Sequence.read(in),
                in.integer());
        if (task.run < 1 || task.attempt < 1 || task.deferrals < 0) {
            throw new MalformedRecordException("a task with a run, attempt or deferral count out of range");
        }
        if (!Ids.isA(kind(task.batch), task.deliveryId)) {
            throw new MalformedRecordException("a task whose delivery id is none");
        }
        return task;
    }

    private static @Nullable EventBatch batch(WireReader in, byte[] data) {
        int size = in.integer();
        if (size == 0) {
            return null;
        }
        EventBatch batch = EventBatch.read(data);
        if (batch.events().size() != size) {
            throw new MalformedRecordException("a batch of %d events that holds %d"
                    .formatted(size, batch.events().size()));
        }
        return batch;
    }

    private static WireReader reader(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null) {
            throw new MalformedRecordException("a task without header " + HEADER);
        }
        return new WireReader(header.value(), VERSION);
    }
}
