package io.stockhook.local.tour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;

/**
 * A delivery as its endpoint saw it.
 *
 * @param eventType what it says it is
 * @param attempt its number
 * @param status how it was answered
 * @param latency from the change to the receipt, both by this machine's clock
 * @param isSigned whether both signatures hold
 * @param receivedAt when it arrived
 */
record Receipt(String eventType, int attempt, int status, Duration latency, boolean isSigned, Instant receivedAt) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a request that a mock endpoint has recorded. */
    static Receipt of(JsonNode request) throws JsonProcessingException {
        JsonNode body = JSON.readTree(request.path("body").asText());
        Instant changed = Instant.parse(body.path("timestamp").asText());
        Instant received = Instant.parse(request.path("received_at").asText());
        return new Receipt(
                header(request, "x-webhook-event"),
                Integer.parseInt(header(request, "x-webhook-attempt")),
                request.path("response_status").asInt(),
                Duration.between(changed, received),
                request.path("standard_signature").asText().equals("valid")
                        && request.path("classic_signature").asText().equals("valid"),
                received);
    }

    private static String header(JsonNode request, String name) {
        var headers = request.path("headers").fields();
        while (headers.hasNext()) {
            var header = headers.next();
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue().path(0).asText();
            }
        }
        return "";
    }

    double latencyMs() {
        return latency.toNanos() / 1e6;
    }
}
