package io.stockhook.delivery.dispatch;

import io.stockhook.events.TraceContext;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.EventBatch;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** Composes the request of an attempt: body, headers of both schemes, signatures. */
final class RequestComposer {

    static final CharSequence WEBHOOK_ID = HttpHeaders.createOptimized("webhook-id");
    private static final CharSequence WEBHOOK_TIMESTAMP = HttpHeaders.createOptimized("webhook-timestamp");
    static final CharSequence WEBHOOK_SIGNATURE = HttpHeaders.createOptimized("webhook-signature");
    static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized(TraceContext.HEADER);
    private static final CharSequence TRUE = HttpHeaders.createOptimized("true");

    private final CharSequence userAgent;

    RequestComposer(String version) {
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
        if (task.isReplay()) {
            headers.set(names.replay(), TRUE);
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
                endpoint.of().isDebug());
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
