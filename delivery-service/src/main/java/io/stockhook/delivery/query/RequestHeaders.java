package io.stockhook.delivery.query;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts a request's headers together from those that were recorded and those that its delivery tells: outside of debug mode only
 * what differs from request to request, or from webhook to webhook, is recorded.
 */
final class RequestHeaders {

    private static final String SIGNATURE = "Signature";
    private static final String STANDARD_SIGNATURE = "webhook-signature";

    private RequestHeaders() {}

    /** What is known of a request beside its recorded headers. */
    record Context(String deliveryId, String eventId, String subscribedAs, int attempt, Instant startedAt) {}

    /** All headers of the request; none if none were recorded, because then nothing was composed. */
    static Map<String, String> complete(Map<String, String> recorded, Context of) {
        if (recorded.isEmpty()) {
            return recorded;
        }
        Map<String, String> headers = new LinkedHashMap<>(recorded);
        headers.putIfAbsent("content-type", "application/json");
        headers.putIfAbsent("webhook-id", of.eventId());
        headers.putIfAbsent("webhook-timestamp", Long.toString(of.startedAt().getEpochSecond()));
        // The name of the signature tells what the webhook's headers begin with.
        recorded.keySet().stream()
                .filter(name -> name.endsWith(SIGNATURE) && !name.equals(STANDARD_SIGNATURE))
                .map(name -> name.substring(0, name.length() - SIGNATURE.length()))
                .findFirst()
                .ifPresent(prefix -> {
                    headers.putIfAbsent(prefix + "Event", of.subscribedAs());
                    headers.putIfAbsent(prefix + "Delivery", of.deliveryId());
                    headers.putIfAbsent(prefix + "Attempt", Integer.toString(of.attempt()));
                });
        return headers;
    }
}
