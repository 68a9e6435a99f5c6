package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.confirmation.ConfirmationTokens;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.TraceContext;
import io.stockhook.events.delivery.AwaitedConfirmation;
import io.stockhook.events.delivery.ConfirmationGrant;
import io.stockhook.events.delivery.DeliveryTask;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Composes the request of an attempt: body, headers of both schemes, signatures. */
final class RequestComposer {

    private static final CharSequence WEBHOOK_ID = HttpHeaders.createOptimized("webhook-id");
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
        AwaitedConfirmation awaited = awaited(endpoint.of(), now);
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
        return new OutgoingRequest(
                endpoint.of().method(),
                endpoint.url(),
                headers,
                body,
                endpoint.of().isDebug());
    }

    /** What an endpoint has to confirm of an attempt that begins now, should it take it with 202; null if nothing. */
    static @Nullable AwaitedConfirmation awaited(EndpointRegistration endpoint, Instant now) {
        EndpointRegistration.Confirm confirm = endpoint.confirm();
        if (confirm == null) {
            return null;
        }
        long withinMs = Math.max(1, Math.min(confirm.withinMs(), LONGEST_WAIT.toMillis()));
        return new AwaitedConfirmation(now, now.plusMillis(withinMs), endpoint.version());
    }
}
