package io.stockhook.delivery.dispatch;

import io.stockhook.events.TraceContext;
import io.stockhook.events.delivery.DeliveryTask;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;

/** Composes the request of an attempt: body, headers of both schemes, signatures. */
final class RequestComposer {

    private static final CharSequence WEBHOOK_ID = HttpHeaders.createOptimized("webhook-id");
    private static final CharSequence WEBHOOK_TIMESTAMP = HttpHeaders.createOptimized("webhook-timestamp");
    static final CharSequence WEBHOOK_SIGNATURE = HttpHeaders.createOptimized("webhook-signature");
    static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized(TraceContext.HEADER);
    private static final CharSequence TRUE = HttpHeaders.createOptimized("true");

    private final CharSequence userAgent;

    RequestComposer(String version) {
        this.userAgent = HttpHeaders.createOptimized("Stockhook/" + version);
    }

    OutgoingRequest compose(DeliveryTask task, PreparedEndpoints.Prepared endpoint, Instant now) {
        byte[] body = endpoint.format().body(task);
        long timestamp = now.getEpochSecond();
        PreparedEndpoints.HeaderNames names = endpoint.names();
        MultiMap headers = HttpHeaders.headers();
        // The endpoint's own headers come first, so that none of them can stand in for one of ours.
        endpoint.headers().forEach(headers::set);
        headers.set(HttpHeaders.CONTENT_TYPE, endpoint.format().contentType())
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
        int version = endpoint.format().version(task);
        if (version > 0) {
            headers.set(names.version(), Integer.toString(version));
        }
        if (task.isReplay()) {
            headers.set(names.replay(), TRUE);
        }
        return new OutgoingRequest(
                endpoint.of().method(),
                endpoint.url(),
                headers,
                body,
                endpoint.of().isDebug());
    }
}
