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

/** The whole platform as it is packaged: what a webhook shows of what became of its deliveries. */
class WebhookFiguresIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static LocalPlatform platform;
    private static String key = "";

    @BeforeAll
    static void start() throws Exception {
        platform = SharedPlatform.get();
        key = platform.adminKey();
        String tenant = post("/tenants", "{\"name\": \"Figures\"}").path("id").asText();
        key = post("/api-keys", """
                        {"name": "owner", "role": "owner", "tenant_id": "%s"}""".formatted(tenant)).path("key").asText();
    }

    @Test
    void webhookShowsItsDeliveriesFiguresLogStatisticsAndTests() throws Exception {
        // Given
        String endpoint = post("/mock-endpoints", """
                        {"name": "ERP", "responses": [{"status": 500}, {"status": 200, "body": "taken"}]}""").path("url").asText();
        String webhook = post("/webhooks", """
                        {"name": "orders", "url": "%s", "events": ["order.*"],
                         "retry_config": {"schedule": [0]}}""".formatted(endpoint)).path("id").asText();

        // When
        await().atMost(SOON).untilAsserted(() -> {
            post("/events", """
                    {"type": "order.created", "subject": "order-1", "data": {"order_id": "ORD-1", "amount": 150.00}}""");
            assertThat(get("/webhooks/" + webhook + "/deliveries").path("items"))
                    .isNotEmpty();
        });
        await().atMost(SOON).untilAsserted(() -> assertThat(get("/webhooks/" + webhook + "/deliveries?status=success")
                        .path("total")
                        .asInt())
                .isPositive());

        // Then
        JsonNode delivery = get("/webhooks/" + webhook + "/deliveries?status=success")
                .path("items")
                .path(0);
        assertThat(delivery.path("webhook_id").asText()).isEqualTo(webhook);
        JsonNode attempt = get("/deliveries/" + delivery.path("id").asText())
                .path("attempts")
                .path(0);
        assertThat(attempt.path("connect_time").isNumber()).isTrue();
        assertThat(attempt.path("time_to_first_byte").isNumber()).isTrue();

        String logs = "/webhooks/" + webhook + "/logs?status=success&event=order.created";
        // Events come to the log by another way than attempts.
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        get(logs).at("/items/0/payload/order_id").asText())
                .isEqualTo("ORD-1"));
        JsonNode log = get(logs);
        assertThat(log.at("/items/0/response_body").asText()).isEqualTo("taken");
        assertThat(log.at("/summary/successful").asInt()).isPositive();

        JsonNode stats = get("/webhooks/" + webhook + "/stats?group_by=hour");
        assertThat(stats.at("/summary/total_retries").asInt()).isPositive();
        assertThat(stats.at("/events_by_type/0/event").asText()).isEqualTo("order.created");
        assertThat(stats.at("/error_breakdown/0/error_type").asText()).isEqualTo("http_500");
        assertThat(stats.at("/error_breakdown/0/percentage").asDouble()).isEqualTo(100.0);

        JsonNode shown = get("/webhooks/" + webhook);
        assertThat(shown.path("figures").asText()).isEqualTo("available");
        assertThat(shown.path("success_count").asInt()).isPositive();
        assertThat(shown.path("success_rate").asDouble()).isEqualTo(100.0);
        assertThat(shown.at("/delivery_stats/total_deliveries").asInt()).isPositive();
        assertThat(shown.at("/circuit/state").asText()).isEqualTo("closed");
        assertThat(shown.path("last_triggered").isTextual()).isTrue();

        JsonNode list = get("/webhooks");
        assertThat(list.at("/items/0/success_count").asInt()).isPositive();
        assertThat(list.at("/summary/total_events").asInt()).isPositive();
        assertThat(list.at("/summary/avg_success_rate").asDouble()).isEqualTo(100.0);
    }

    @Test
    void testSendsTheSampleAndLeavesNoTrace() throws Exception {
        // Given
        String endpoint =
                post("/mock-endpoints", "{\"name\": \"tried\"}").path("url").asText();
        String webhook = post("/webhooks", """
                        {"name": "tried", "url": "%s", "events": ["order.created"], "is_active": false}""".formatted(endpoint)).path("id").asText();

        // When
        JsonNode result = post("/webhooks/" + webhook + "/test", """
                        {"event": "order.created", "payload": {"order_id": "ORD-123"}}""").path("test_result");

        // Then
        assertThat(result.path("status").asText()).isEqualTo("success");
        assertThat(result.path("response_code").asInt()).isEqualTo(200);
        assertThat(result.at("/headers_sent/X-Webhook-Test").asText()).isEqualTo("true");
        JsonNode received = get("/mock-endpoints/" + endpoint.substring(endpoint.lastIndexOf('/') + 1) + "/requests");
        assertThat(received.path("items")).hasSize(1);
        assertThat(received.at("/items/0/body").asText()).contains("ORD-123");
        assertThat(get("/webhooks/" + webhook + "/deliveries").path("items")).isEmpty();
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
