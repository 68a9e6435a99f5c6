package io.stockhook.delivery.dispatch;

import io.stockhook.events.delivery.DeliveryAttempt;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a request. Only values of headers that are ours by name are shown; those of any other are masked, whoever
 * added it, because they are the endpoint's secrets until proven otherwise.
 *
 * <p>Outside of debug mode only the headers are recorded that the attempt's other fields do not tell, and no body: the log has
 * the event's data already, and this is done for every delivery.
 */
final class RecordedRequest {

    /** How much of a body is recorded in debug mode, in bytes. */
    static final int DEBUG_BODY_BYTES = 64 * 1024;

    private static final String MASK = "***";
    private static final String JSON = "application/json";
    private static final Set<String> OURS = Set.of(
            "content-type",
            "host",
            "user-agent",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "traceparent");

    private RecordedRequest() {}

    static DeliveryAttempt.Request of(OutgoingRequest request, PreparedEndpoints.Prepared endpoint) {
        Map<String, String> headers = request.isDebug() ? all(request, endpoint) : untold(request, endpoint);
        return new DeliveryAttempt.Request(
                request.method(), headers, request.body().length, request.isDebug() ? bounded(request.body()) : null);
    }

    private static Map<String, String> all(OutgoingRequest request, PreparedEndpoints.Prepared endpoint) {
        PreparedEndpoints.HeaderNames names = endpoint.names();
        Set<String> prefixed = Set.of(
                lower(names.event()),
                lower(names.delivery()),
                lower(names.attempt()),
                lower(names.signature()),
                lower(names.replay()),
                lower(names.batchSize()),
                lower(names.test()),
                lower(names.version()));
        Map<String, String> recorded = new LinkedHashMap<>();
        request.headers().forEach(header -> {
            String name = lower(header.getKey());
            boolean isOurs = OURS.contains(name) || prefixed.contains(name);
            recorded.put(header.getKey(), isOurs ? header.getValue() : MASK);
        });
        return recorded;
    }

    private static Map<String, String> untold(OutgoingRequest request, PreparedEndpoints.Prepared endpoint) {
        MultiMap headers = request.headers();
        Map<String, String> recorded = new LinkedHashMap<>();
        for (String own : endpoint.headers().keySet()) {
            if (!OURS.contains(lower(own))) {
                recorded.put(own, MASK);
            }
        }
        String contentType = headers.get(HttpHeaders.CONTENT_TYPE);
        if (contentType != null && !contentType.equals(JSON)) {
            recorded.put("content-type", contentType);
        }
        record(headers, RequestComposer.TRACE_PARENT, recorded);
        record(headers, RequestComposer.WEBHOOK_SIGNATURE, recorded);
        record(headers, endpoint.names().signature(), recorded);
        record(headers, endpoint.names().version(), recorded);
        if (headers.contains(endpoint.names().batchSize())) {
            // The delivery tells its own id and type, and these are the batch's.
            record(headers, endpoint.names().batchSize(), recorded);
            record(headers, RequestComposer.WEBHOOK_ID, recorded);
            record(headers, endpoint.names().event(), recorded);
            record(headers, endpoint.names().delivery(), recorded);
        }
        return recorded;
    }

    private static void record(MultiMap headers, CharSequence name, Map<String, String> recorded) {
        String value = headers.get(name);
        if (value != null) {
            recorded.put(name.toString(), value);
        }
    }

    private static @Nullable String bounded(byte[] body) {
        int length = Math.min(body.length, DEBUG_BODY_BYTES);
        return length == 0 ? null : new String(body, 0, length, StandardCharsets.UTF_8);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
