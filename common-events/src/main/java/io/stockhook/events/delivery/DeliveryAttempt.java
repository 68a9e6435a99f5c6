package io.stockhook.events.delivery;

import io.stockhook.events.Ids;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt, on {@link io.stockhook.events.Topics#ATTEMPTS}. Identified by delivery, run, attempt and its own id,
 * which is fresh for each post, so that an attempt made again after a crash is seen as such.
 *
 * @param attemptId this execution, {@code att_...}
 * @param deliveryId the delivery
 * @param run the run of the delivery, from 1
 * @param attempt the number within the run, from 1; 0 if nothing of the run has been attempted and {@code next} is SCHEDULED
 * @param endpointId the endpoint
 * @param endpointVersion the version of its registration that was used; 0 if it was gone
 * @param tenantId whose it is
 * @param eventId the event
 * @param eventType its canonical type
 * @param subscribedAs the spelling it was delivered under
 * @param eventTime when the event happened
 * @param url where it was posted to; null if nothing was posted
 * @param startedAt when the attempt began
 * @param durationMicros from its beginning to the end of the response, in microseconds
 * @param statusCode the response's status; 0 if there was no response
 * @param errorClass what went wrong, {@code timeout} or {@code http_500} for example; null on success
 * @param errorMessage what went wrong, for a person; null on success
 * @param responseHeaders the response's headers, bounded in number and length
 * @param responseBody the beginning of the response's body; null if it was empty
 * @param next what follows
 * @param reason why that follows, one of the documented reason codes
 * @param nextRetryAt when it is tried again, or has to be confirmed; null unless {@code next} is RETRY, SCHEDULED or
 *     AWAITING_CONFIRMATION
 * @param request what was sent, or would have been had the connection been made; null if nothing was composed
 */
public record DeliveryAttempt(
        String attemptId,
        String deliveryId,
        int run,
        int attempt,
        String endpointId,
        long endpointVersion,
        String tenantId,
        String eventId,
        String eventType,
        String subscribedAs,
        Instant eventTime,
        @Nullable String url,
        Instant startedAt,
        long durationMicros,
        int statusCode,
        @Nullable String errorClass,
        @Nullable String errorMessage,
        Map<String, String> responseHeaders,
        @Nullable String responseBody,
        Next next,
        String reason,
        @Nullable Instant nextRetryAt,
        @Nullable Request request) {

    /**
     * The request of an attempt, without what would give a secret away.
     *
     * @param method the HTTP method
     * @param headers the headers as sent, secret values masked; outside of debug mode only those that cannot be told from the
     *     attempt's other fields
     * @param bodyBytes how long the body was, in bytes
     * @param body the body, bounded; null outside of debug mode
     * @param connectMicros how long it took until there was a connection to send it on, in microseconds; next to nothing where one was
     *     kept, 0 if there never was one
     * @param firstByteMicros how long it took until the response's head was there, in microseconds; 0 if there never was one
     */
    public record Request(
            String method,
            Map<String, String> headers,
            int bodyBytes,
            @Nullable String body,
            long connectMicros,
            long firstByteMicros) {

        /** A request that was not sent, or not yet. */
        public Request(String method, Map<String, String> headers, int bodyBytes, @Nullable String body) {
            this(method, headers, bodyBytes, body, 0, 0);
        }

        /** The same, once it was sent. */
        public Request timed(long newConnectMicros, long newFirstByteMicros) {
            return new Request(method, headers, bodyBytes, body, newConnectMicros, newFirstByteMicros);
        }
    }

    /** What the endpoint had answered: 202 (RFC 9110, section 15.3.3). */
    private static final int ACCEPTED = 202;

    private static final int VERSION = 1;
    private static final Next[] NEXTS = Next.values();

    /** What follows an attempt. The order is part of the wire format: new ones go to the end. */
    public enum Next {
        /** Nothing: the endpoint has it. */
        DELIVERED,
        /** Another attempt at a known time. */
        RETRY,
        /** Nothing more by itself: it is a dead letter. */
        DEAD,
        /** Nothing until the endpoint is enabled or recovered. */
        HELD,
        /** Nothing: the endpoint does not exist any more, or the delivery was cancelled. */
        DROPPED,
        /** The first attempt of this run at a known time: nothing has been attempted. */
        SCHEDULED,
        /** The endpoint's confirmation of what it took with 202, until a known time. */
        AWAITING_CONFIRMATION
    }

    /**
     * The entry of a run that has not been attempted and has a time for it. Its number is 0, below that of any attempt, so that it never
     * hides one.
     *
     * @param now when that became so
     */
    public static DeliveryAttempt scheduled(DeliveryTask task, Instant now) {
        String id = Ids.derived(Ids.Kind.ATTEMPT, now, task.deliveryId() + '\n' + task.run() + "\nscheduled");
        return withoutPost(id, task, 0, now, Next.SCHEDULED, "scheduled", task.due());
    }

    /**
     * The entry of a task that is not attempted any more. Whoever writes it gives it the same id.
     *
     * @param since when it was decided
     * @param reason why, a documented reason code
     */
    public static DeliveryAttempt dropped(DeliveryTask task, Instant since, String reason) {
        String id = Ids.derived(Ids.Kind.ATTEMPT, since, task.deliveryId() + '\n' + task.run() + '\n' + reason);
        return withoutPost(id, task, task.attempt(), since, Next.DROPPED, reason, null);
    }

    /**
     * The entry of a delivery that its endpoint has confirmed. Whoever writes it gives it the same id.
     *
     * @param now when it was confirmed
     */
    public static DeliveryAttempt confirmed(ConfirmationGrant grant, Instant now) {
        String text = grant.deliveryId() + '\n' + grant.run() + '\n' + grant.attempt() + '\n' + Confirmation.CONFIRMED;
        return new DeliveryAttempt(
                Ids.derived(Ids.Kind.ATTEMPT, grant.awaited().since(), text),
                grant.deliveryId(),
                grant.run(),
                grant.attempt(),
                grant.endpointId(),
                grant.awaited().endpointVersion(),
                grant.tenantId(),
                grant.eventId(),
                grant.eventType(),
                grant.subscribedAs(),
                grant.eventTime(),
                null,
                now,
                0,
                ACCEPTED,
                null,
                null,
                Map.of(),
                null,
                Next.DELIVERED,
                Confirmation.CONFIRMED,
                null,
                null);
    }

    /** Whether it is the end of a wait for a confirmation: no post, but what became of one. */
    public boolean isEndOfWait() {
        return url == null
                && (next == Next.DELIVERED
                        || Confirmation.UNCONFIRMED.equals(errorClass)
                        || Confirmation.REFUSED.equals(errorClass));
    }

    private static DeliveryAttempt withoutPost(
            String id, DeliveryTask task, int number, Instant at, Next next, String reason, @Nullable Instant nextAt) {
        return new DeliveryAttempt(
                id,
                task.deliveryId(),
                task.run(),
                number,
                task.endpointId(),
                0,
                task.tenantId(),
                task.eventId(),
                task.eventType(),
                task.subscribedAs(),
                task.eventTime(),
                null,
                at,
                0,
                0,
                null,
                null,
                Map.of(),
                null,
                next,
                reason,
                nextAt,
                null);
    }

    /** The record on the topic of attempts, keyed by delivery, so that a delivery's entries keep their order. */
    public ProducerRecord<byte[], byte[]> toRecord() {
        return new ProducerRecord<>(Topics.ATTEMPTS, deliveryId.getBytes(StandardCharsets.UTF_8), toBytes());
    }

    /** The record's value. */
    public byte[] toBytes() {
        WireWriter out = new WireWriter(VERSION)
                .text(attemptId)
                .text(deliveryId)
                .number(run)
                .number(attempt)
                .text(endpointId)
                .number(endpointVersion)
                .text(tenantId)
                .text(eventId)
                .text(eventType)
                .text(subscribedAs)
                .time(eventTime)
                .text(url)
                .time(startedAt)
                .number(durationMicros)
                .number(statusCode)
                .text(errorClass)
                .text(errorMessage)
                .pairs(responseHeaders)
                .text(responseBody)
                .number(next.ordinal())
                .text(reason)
                .time(nextRetryAt);
        if (request == null) {
            out.text(null);
        } else {
            out.text(request.method)
                    .pairs(request.headers)
                    .number(request.bodyBytes)
                    .text(request.body)
                    .number(request.connectMicros)
                    .number(request.firstByteMicros);
        }
        return out.toBytes();
    }

    /**
     * The attempt that a record holds.
     *
     * @throws MalformedRecordException if it holds none
     */
    public static DeliveryAttempt read(byte @Nullable [] value) {
        WireReader in = new WireReader(value, VERSION);
        DeliveryAttempt attempt = new DeliveryAttempt(
                in.requiredText("attempt id"),
                in.requiredText("delivery id"),
                in.integer(),
                in.integer(),
                in.requiredText("endpoint id"),
                in.number(),
                in.requiredText("tenant id"),
                in.requiredText("event id"),
                in.requiredText("event type"),
                in.requiredText("subscribed type"),
                in.requiredTime("event time"),
                in.text(),
                in.requiredTime("start"),
                in.number(),
                in.integer(),
                in.text(),
                in.text(),
                in.pairs(),
                in.text(),
                in.constant(NEXTS, "outcome"),
                in.requiredText("reason"),
                in.time(),
                request(in));
        if (!Ids.isA(Ids.Kind.DELIVERY, attempt.deliveryId) || !Ids.isA(Ids.Kind.ATTEMPT, attempt.attemptId)) {
            throw new MalformedRecordException("an attempt whose ids are none");
        }
        return attempt;
    }

    private static @Nullable Request request(WireReader in) {
        String method = in.text();
        return method == null
                ? null
                : new Request(method, in.pairs(), in.integer(), in.text(), in.number(), in.number());
    }
}
