package io.stockhook.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stockhook.local.LocalPlatform;
import io.stockhook.platform.ServiceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people ask of deliveries, with delivery-service killed in between, on the platform as it is packaged. */
class KilledReplayIT {

    /** Many webhooks with a few failures each, so that none of them is taken for broken. */
    private static final int WEBHOOKS = Integer.getInteger("stockhook.acceptance.webhooks", 200);

    private static final int EVENTS = Integer.getInteger("stockhook.acceptance.events", 5);
    /** What one kill may repeat: the batch under way, and what was posted since the last commit. */
    private static final int MOST_REPEATED = 400;

    private static final Duration CATCH_UP = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static LocalPlatform platform;

    @BeforeAll
    static void start() {
        platform = SharedPlatform.get();
    }

    @Test
    void eachDeadLetterIsReplayedAlthoughDeliveryServiceIsKilledHalfWay() throws Exception {
        // Given
        int dead = WEBHOOKS * EVENTS;
        try (RecoveringSink sink = new RecoveringSink()) {
            String key = subscribe(sink);
            publish(key);
            await().atMost(CATCH_UP).until(() -> count(key) == dead);
            sink.recover();
            ServiceProcess delivery = platform.service("delivery-service");

            // When
            String job = post("/dead-letters/bulk-replay", key, "{}").path("id").asText();
            await().atMost(CATCH_UP).until(() -> job(key, job).path("done").asInt() >= dead / 3);
            delivery.kill();
            int before = sink.receivedAfterRecovery();
            delivery.start();

            // Then
            await().atMost(CATCH_UP)
                    .until(() -> job(key, job).path("status").asText().equals("done"));
            await().atMost(CATCH_UP).until(() -> sink.deliveries().size() == dead);
            int repeated = sink.receivedAfterRecovery() - dead;
            System.out.printf(
                    "%d dead letters, %d replayed before the kill, %d replayed twice%n", dead, before, repeated);
            assertThat(before).isLessThan(dead);
            assertThat(repeated).isBetween(0, MOST_REPEATED);
            assertThat(count(key)).isZero();
        }
    }

    @Test
    void whatWasCancelledIsNotPostedByTheNextProcessAndWhatWasNotIs() throws Exception {
        // Given
        try (RecoveringSink sink = new RecoveringSink()) {
            sink.recover();
            String key = newKey();
            webhook(key, sink, "");
            Instant deliverAt = Instant.now().plusSeconds(20);
            post("/events", key, scheduled("cancelled", deliverAt));
            post("/events", key, scheduled("kept", deliverAt));
            await().atMost(CATCH_UP)
                    .until(() -> get("/deliveries?status=scheduled", key)
                                    .path("items")
                                    .size()
                            == 2);
            String cancelled = deliveryOf(key, "cancelled");
            String kept = deliveryOf(key, "kept");
            ServiceProcess delivery = platform.service("delivery-service");

            // When
            post("/deliveries/" + cancelled + "/cancel", key, "");
            delivery.kill();
            delivery.start();

            // Then
            await().atMost(CATCH_UP).until(() -> get("/deliveries/" + kept, key)
                    .path("status")
                    .asText()
                    .equals("delivered"));
            assertThat(get("/deliveries/" + cancelled, key).path("status").asText())
                    .isEqualTo("dropped");
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> sink.deliveries()
                    .equals(Set.of(kept)));
            assertThat(Instant.now()).isAfter(deliverAt);
        }
    }

    private static String scheduled(String id, Instant deliverAt) {
        return "{\"id\":\"%s\",\"type\":\"order.created\",\"deliver_at\":\"%s\",\"data\":{}}".formatted(id, deliverAt);
    }

    private static String deliveryOf(String key, String eventId) throws IOException, InterruptedException {
        for (JsonNode item : get("/deliveries?status=scheduled", key).path("items")) {
            if (item.path("event_id").asText().equals(eventId)) {
                return item.path("id").asText();
            }
        }
        throw new AssertionError("no delivery of event " + eventId);
    }

    private static String subscribe(RecoveringSink sink) throws IOException, InterruptedException {
        String key = newKey();
        for (int i = 0; i < WEBHOOKS; i++) {
            webhook(key, sink, ",\"retry_config\":{\"max_retries\":0}");
        }
        return key;
    }

    private static void webhook(String key, RecoveringSink sink, String more) throws IOException, InterruptedException {
        post("/webhooks", key, "{\"url\":\"" + sink.url() + "\",\"events\":[\"order.*\"]" + more + "}");
    }

    private static String newKey() throws IOException, InterruptedException {
        String tenant = post("/tenants", platform.adminKey(), "{\"name\":\"Replay\"}")
                .path("id")
                .asText();
        return post(
                        "/api-keys",
                        platform.adminKey(),
                        "{\"name\":\"replay\",\"role\":\"owner\",\"tenant_id\":\"" + tenant + "\"}")
                .path("key")
                .asText();
    }

    private static void publish(String key) throws IOException, InterruptedException {
        for (int i = 0; i < EVENTS; i++) {
            post("/events", key, "{\"type\":\"order.created\",\"data\":{\"order_id\":" + i + "}}");
        }
    }

    private static int count(String key) throws IOException, InterruptedException {
        return post("/dead-letters/bulk-replay", key, "{\"dry_run\":true}")
                .path("count")
                .asInt();
    }

    private static JsonNode job(String key, String id) throws IOException, InterruptedException {
        return get("/dead-letters/jobs/" + id, key);
    }

    private static JsonNode get(String path, String key) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request(path, key).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static JsonNode post(String path, String key, String body) throws IOException, InterruptedException {
        HttpRequest request = request(path, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    private static HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create(platform.origin() + "/api/v1" + path))
                .header("Authorization", "Bearer " + key);
    }

    /** Answers 500 until it recovers, and then counts what it receives of each delivery. */
    private static final class RecoveringSink implements AutoCloseable {
        private final HttpServer server;
        private final Map<String, Integer> received = new ConcurrentHashMap<>();
        private volatile boolean hasRecovered;

        RecoveringSink() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
            server.setExecutor(Executors.newFixedThreadPool(4));
            server.createContext("/", this::answer);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        }

        void recover() {
            hasRecovered = true;
        }

        Set<String> deliveries() {
            return Set.copyOf(received.keySet());
        }

        int receivedAfterRecovery() {
            return received.values().stream().mapToInt(Integer::intValue).sum();
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                if (hasRecovered) {
                    received.merge(exchange.getRequestHeaders().getFirst("X-Webhook-Delivery"), 1, Integer::sum);
                }
                exchange.sendResponseHeaders(hasRecovered ? 200 : 500, -1);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
