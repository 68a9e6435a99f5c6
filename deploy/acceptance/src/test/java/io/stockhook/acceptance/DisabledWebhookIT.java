package io.stockhook.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.local.LocalPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole platform as it is packaged: what becomes of a webhook whose endpoint wants no more. */
class DisabledWebhookIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String GONE_ONCE = """
            {"name": "gone once", "responses": [{"status": 410}, {"status": 200}]}""";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static LocalPlatform platform;
    private static String key = "";

    @BeforeAll
    static void start() throws Exception {
        platform = SharedPlatform.get();
        key = platform.adminKey();
        String tenant = post("/tenants", "{\"name\": \"Gone\"}").path("id").asText();
        key = post("/api-keys", """
                        {"name": "owner", "role": "owner", "tenant_id": "%s"}""".formatted(tenant)).path("key").asText();
    }

    @Test
    void goneEndpointIsDisabledWhatItMissesIsHeldAndEnablingLetsDeliveriesGoAgain() throws Exception {
        // Given
        Instant begun = Instant.now();
        String endpoint = mock(GONE_ONCE);
        String webhook = subscribe(endpoint, "order.*");
        String watcher = mock("{\"name\": \"watcher\"}");
        subscribe(watcher, "webhook.disabled");

        // When
        await().atMost(SOON).untilAsserted(() -> {
            publishOrder();
            assertThat(get("/webhooks/" + webhook).path("disabled_code").asText())
                    .isEqualTo("gone");
        });

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(received(watcher).path("items"))
                .singleElement()
                .satisfies(
                        request -> assertThat(JSON.readTree(request.path("body").asText())
                                        .at("/data/webhook_id")
                                        .asText())
                                .isEqualTo(webhook)));
        publishOrder();
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        get("/deliveries?status=held&webhook_id=" + webhook).path("items"))
                .isNotEmpty());
        assertThat(received(endpoint).path("items")).hasSize(1);

        // When
        post("/webhooks/" + webhook + "/enable", "");

        // Then
        await().atMost(SOON).untilAsserted(() -> {
            publishOrder();
            assertThat(received(endpoint).path("items")).hasSizeGreaterThan(1);
        });

        // When
        post("/webhooks/" + webhook + "/recover", "{\"since\": \"" + begun + "\"}");

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        get("/deliveries?status=held&webhook_id=" + webhook).path("items"))
                .isEmpty());
    }

    /** A mock endpoint's url. */
    private static String mock(String json) throws Exception {
        return post("/mock-endpoints", json).path("url").asText();
    }

    private static String subscribe(String url, String pattern) throws Exception {
        return post("/webhooks", """
                        {"url": "%s", "events": ["%s"]}""".formatted(url, pattern)).path("id").asText();
    }

    private static void publishOrder() throws Exception {
        post("/events", """
                {"type": "order.created", "subject": "order-1", "data": {"order_id": "ORD-1"}}""");
    }

    private static JsonNode received(String url) throws Exception {
        return get("/mock-endpoints/" + url.substring(url.lastIndexOf('/') + 1) + "/requests");
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    private static JsonNode post(String path, String body) throws IOException, InterruptedException {
        return send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(platform.origin() + "/api/v1" + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json");
    }

    private static JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }
}
