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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole platform as it is packaged: what a subscriber's webhooks inherit, what it uses, and what holding it means. */
class SubscriberIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static LocalPlatform platform;
    private static String key = "";

    @BeforeAll
    static void start() throws Exception {
        platform = SharedPlatform.get();
        key = platform.adminKey();
        String tenant =
                post("/tenants", "{\"name\": \"Subscribed\"}").path("id").asText();
        key = post("/api-keys", """
                        {"name": "owner", "role": "owner", "tenant_id": "%s"}""".formatted(tenant)).path("key").asText();
    }

    @Test
    void subscriberPassesOnItsPreferencesIsCountedAndCanBeHeld() throws Exception {
        // Given
        String subscriber = post("/subscribers", """
                        {"name": "ERP", "preferences": {"payload_format": "classic", "header_prefix": "X-Erp-"},
                         "limits": {"daily_deliveries": 1}}""").path("id").asText();
        String endpoint =
                post("/mock-endpoints", "{\"name\": \"ERP\"}").path("url").asText();
        String webhook = post("/webhooks", """
                        {"url": "%s", "events": ["order.*"], "subscriber_id": "%s"}""".formatted(endpoint, subscriber))
                .path("id")
                .asText();

        // When
        await().atMost(SOON).untilAsserted(() -> {
            publishOrder();
            assertThat(received(endpoint)).isNotEmpty();
        });

        // Then
        JsonNode request = received(endpoint).get(0);
        assertThat(request.path("headers").toString()).containsIgnoringCase("X-Erp-Event");
        assertThat(JSON.readTree(request.path("body").asText()).path("event").asText())
                .isEqualTo("order.created");
        publishOrder();
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode usage = get("/subscribers/" + subscriber + "/usage");
            assertThat(usage.path("is_complete").asBoolean()).isTrue();
            assertThat(usage.at("/deliveries/successful").asLong()).isGreaterThanOrEqualTo(2);
            assertThat(usage.at("/quotas/daily/exceeded").asBoolean()).isTrue();
        });

        // When
        patch("/subscribers/" + subscriber, "{\"is_active\": false}");

        // Then
        await().atMost(SOON).untilAsserted(() -> {
            publishOrder();
            assertThat(get("/deliveries?status=held&webhook_id=" + webhook).path("items"))
                    .isNotEmpty();
        });
    }

    private static void publishOrder() throws Exception {
        post("/events", """
                {"type": "order.created", "subject": "order-1", "data": {"order_id": "ORD-1"}}""");
    }

    private static JsonNode received(String url) throws Exception {
        return get("/mock-endpoints/" + url.substring(url.lastIndexOf('/') + 1) + "/requests")
                .path("items");
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    private static JsonNode post(String path, String body) throws IOException, InterruptedException {
        return send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private static JsonNode patch(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build());
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
