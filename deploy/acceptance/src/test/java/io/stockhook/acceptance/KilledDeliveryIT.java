package io.stockhook.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.local.LocalPlatform;
import io.stockhook.local.tour.GuidedTour;
import io.stockhook.platform.Ports;
import io.stockhook.platform.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole platform as it is packaged: the tour, and a kill in the middle of a thousand events. */
class KilledDeliveryIT {

    private static final int EVENTS = 1_000;
    private static final int BATCH = 10;
    private static final int PORTS = 23;
    private static final Duration CATCH_UP = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static LocalPlatform platform;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start(@TempDir Path data) {
        Path home = Path.of(System.getProperty("stockhook.home"));
        platform = LocalPlatform.of(home, data, Ports.freeRow(PORTS), System.out);
        platform.start();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void tourShowsWhatItPromises() {
        boolean isAsPromised = new GuidedTour(System.out).run(platform.origin(), platform.adminKey());

        assertThat(isAsPromised).isTrue();
    }

    @Test
    void noAcceptedEventIsLostWhenDeliveryServiceIsKilled() throws Exception {
        // Given
        Ledger ledger = new Ledger();
        try (LedgerSink sink = new LedgerSink(ledger)) {
            String key = subscribe(sink);
            ServiceProcess delivery = platform.service("delivery-service");

            // When
            publish(ledger, key, 0, EVENTS / 2);
            delivery.kill();
            publish(ledger, key, EVENTS / 2, EVENTS);
            delivery.start();

            // Then
            await().atMost(CATCH_UP).until(() -> ledger.arrivedCount() == ledger.acceptedCount());
            Ledger.Findings findings = ledger.check();
            System.out.printf("%d accepted, %s%n", ledger.acceptedCount(), findings);
            assertThat(ledger.acceptedCount()).isEqualTo(EVENTS);
            assertThat(findings.isClean()).as(findings.toString()).isTrue();
        }
    }

    private static String subscribe(LedgerSink sink) throws IOException, InterruptedException {
        String tenant = post("/tenants", platform.adminKey(), "{\"name\":\"Ledger\"}")
                .path("id")
                .asText();
        String key = post(
                        "/api-keys",
                        platform.adminKey(),
                        "{\"name\":\"ledger\",\"role\":\"owner\",\"tenant_id\":\"" + tenant + "\"}")
                .path("key")
                .asText();
        JsonNode webhook =
                post("/webhooks", key, "{\"name\":\"ledger\",\"url\":\"" + sink.url() + "\",\"events\":[\"order.*\"]}");
        sink.verifyWith(webhook.path("secret").asText());
        return key;
    }

    private static void publish(Ledger ledger, String key, int from, int until)
            throws IOException, InterruptedException {
        for (int first = from; first < until; first += BATCH) {
            StringBuilder events = new StringBuilder("{\"events\":[");
            IntStream.range(first, first + BATCH).forEach(n -> events.append(events.length() > 11 ? "," : "")
                    .append("{\"id\":\"%s\",\"type\":\"order.created\",\"subject\":\"order-%d\",\"data\":%s}"
                            .formatted(id(n), n % 50, data(n))));
            JsonNode answer = post("/events", key, events.append("]}").toString());
            for (JsonNode result : answer.path("results")) {
                if (result.path("status").asText().equals("accepted")) {
                    String id = result.path("id").asText();
                    ledger.accept(id, data(Integer.parseInt(id.substring(id.lastIndexOf('-') + 1))));
                }
            }
        }
    }

    private static String id(int n) {
        return "ledger-" + n;
    }

    private static String data(int n) {
        return "{\"order_id\":\"ORD-%d\",\"amount\":%d.50}".formatted(n, n);
    }

    private static JsonNode post(String path, String key, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.origin() + "/api/v1" + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }
}
