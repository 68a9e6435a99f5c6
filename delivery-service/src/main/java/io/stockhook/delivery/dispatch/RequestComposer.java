package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.confirmation.ConfirmationTokens;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.TraceContext;
import io.stockhook.events.delivery.AwaitedConfirmation;
import io.stockhook.events.delivery.ConfirmationGrant;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.EventBatch;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Composes the request of an attempt: body, headers of both schemes, signatures. */
final class RequestComposer {

    static final CharSequence WEBHOOK_ID = HttpHeaders.createOptimized("webhook-id");
    private static final CharSequence WEBHOOK_TIMESTAMP = HttpHeaders.createOptimized("webhook-timestamp");
    static final CharSequence WEBHOOK_SIGNATURE = HttpHeaders.createOptimized("webhook-signature");
    static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized(TraceContext.HEADER);
    /** The longest that a confirmation is waited for, whatever a registration says. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    private static final CharSequence TRUE = HttpHeaders.createOptimized("true");

    private final ConfirmationTokens tokens;
    private final CharSequence userAgent;

    RequestComposer(ConfirmationTokens tokens, String version) {
        this.tokens = tokens;
        this.userAgent = HttpHeaders.createOptimized("Stockhook/" + version);
    }

    OutgoingRequest compose(DeliveryTask task, PreparedEndpoints.Prepared endpoint, Instant now) {
        Content content = content(task, endpoint);
        byte[] body = content.body();
        long timestamp = now.getEpochSecond();
        PreparedEndpoints.HeaderNames names = endpoint.names();
        MultiMap headers = HttpHeaders.headers();
        // The endpoint's own headers come first, so that none of them can stand in for one of ours.
        endpoint.headers().forEach(headers::set);
        headers.set(HttpHeaders.CONTENT_TYPE, content.type())
                .set(HttpHeaders.USER_AGENT, userAgent)
                .set(WEBHOOK_ID, task.webhookId())
                .set(WEBHOOK_TIMESTAMP, Long.toString(timestamp))
                .set(WEBHOOK_SIGNATURE, endpoint.signer().standard(task.webhookId(), timestamp, body))
                .set(names.event(), task.subscribedAs())
                .set(names.delivery(), task.deliveryId())
                .set(names.attempt(), Integer.toString(task.attempt()))
                .set(names.signature(), endpoint.signer().classic(body))
                .set(
                        TRACE_PARENT,
                        TraceContext.continueOrBegin(task.traceParent()).header());
        AwaitedConfirmation awaited = awaited(task, endpoint.of(), now);
        if (awaited != null) {
            headers.set(names.confirm(), tokens.seal(ConfirmationGrant.of(task, awaited)));
        }
        int version = endpoint.format().version(task);
        if (version > 0) {
            headers.set(names.version(), Integer.toString(version));
        }
        if (task.isReplay()) {
            headers.set(names.replay(), TRUE);
        }
        if (task.isTest()) {
            headers.set(names.test(), TRUE);
        } else {
            headers.remove(names.test());
        }
        if (content.events() > 0) {
            headers.set(names.batchSize(), Integer.toString(content.events()));
        } else {
            headers.remove(names.batchSize()); // the log takes it for ours
        }
        return new OutgoingRequest(
                endpoint.of().method(),
                endpoint.url(),
                headers,
                body,
                endpoint.of().isDebug() || task.isTest());
    }

    /**
     * What an endpoint has to confirm of an attempt that begins now, should it take it with 202; null if nothing, as of a batch, which was
     * frozen when the endpoint confirmed nothing yet.
     */
    static @Nullable AwaitedConfirmation awaited(DeliveryTask task, EndpointRegistration endpoint, Instant now) {
        EndpointRegistration.Confirm confirm = endpoint.confirm();
        if (confirm == null || task.batch() != null) {
            return null;
        }
        long withinMs = Math.max(1, Math.min(confirm.withinMs(), LONGEST_WAIT.toMillis()));
        return new AwaitedConfirmation(now, now.plusMillis(withinMs), endpoint.version());
    }

    /**
     * What is sent.
     *
     * @param type its {@code Content-Type}
     * @param events how many events are in the array that it is; 0 if it is none
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one request and handed on
    private record Content(byte[] body, String type, int events) {}

    /** Whoever wants batches gets an array each time, of one event where that could not join others. */
    private static Content content(DeliveryTask task, PreparedEndpoints.Prepared endpoint) {
        BodyFormat format = endpoint.format();
        EventBatch batch = task.batch();
        if (batch != null) {
            int end = batch.bodyOffset() + batch.bodyLength();
            byte[] body = Arrays.copyOfRange(task.data(), batch.bodyOffset(), end);
            return new Content(body, batch.contentType(), batch.events().size());
        }
        return endpoint.of().batch() == null
                ? new Content(format.body(task), format.contentType(), 0)
                : new Content(array(format.element(task).bytes()), format.batchContentType(), 1);
    }

    private static byte[] array(byte[] element) {
        return ByteBuffer.allocate(element.length + 2)
                .put((byte) '[')
                .put(element)
                .put((byte) ']')
                .array();
    }
}
