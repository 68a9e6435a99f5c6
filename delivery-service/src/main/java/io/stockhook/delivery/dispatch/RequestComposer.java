package io.stockhook.delivery.dispatch;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.TraceContext;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.delivery.DeliveryTask;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;

/** Composes the request of an attempt: body, headers of both schemes, signatures. */
final class RequestComposer {

    private static final String WEBHOOK_ID = "webhook-id";
    private static final String WEBHOOK_TIMESTAMP = "webhook-timestamp";
    private static final String WEBHOOK_SIGNATURE = "webhook-signature";
    private static final String EVENT = "Event";
    private static final String DELIVERY = "Delivery";
    private static final String ATTEMPT = "Attempt";
    private static final String SIGNATURE = "Signature";

    private final String userAgent;

    RequestComposer(String version) {
        this.userAgent = "Stockhook/" + version;
    }

    OutgoingRequest compose(DeliveryTask task, EndpointUrl url, EndpointSecrets.Opened secrets, Instant now) {
        EndpointRegistration registration = secrets.of();
        PayloadFormat format = PayloadFormat.of(registration.payloadFormat());
        byte[] body = format.body(task);
        long timestamp = now.getEpochSecond();
        String prefix = registration.headerPrefix();
        MultiMap headers = HttpHeaders.headers();
        // The endpoint's own headers come first, so that none of them can stand in for one of ours.
        secrets.headers().forEach(headers::set);
        headers.set(HttpHeaders.CONTENT_TYPE, format.contentType())
                .set(HttpHeaders.USER_AGENT, userAgent)
                .set(WEBHOOK_ID, task.eventId())
                .set(WEBHOOK_TIMESTAMP, Long.toString(timestamp))
                .set(WEBHOOK_SIGNATURE, secrets.signer().standard(task.eventId(), timestamp, body))
                .set(prefix + EVENT, task.subscribedAs())
                .set(prefix + DELIVERY, task.deliveryId())
                .set(prefix + ATTEMPT, Integer.toString(task.attempt()))
                .set(prefix + SIGNATURE, secrets.signer().classic(body))
                .set(
                        TraceContext.HEADER,
                        TraceContext.continueOrBegin(task.traceParent()).header());
        return new OutgoingRequest(registration.method(), url, headers, body);
    }
}
