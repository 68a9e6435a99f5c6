package io.stockhook.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.local.LocalPlatform;
import io.stockhook.local.tour.GuidedTour;
import io.stockhook.platform.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged services as processes: the whole path, and each part of it killed while events are on their way. */
class SurvivalIT {

    private static final int EVENTS = 1_000;
    private static final Duration CATCH_UP = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static LocalPlatform platform;

    @BeforeAll
    static void start() {
        platform = SharedPlatform.get();
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
            Publisher publisher = publisher(subscribe(sink, "order.*"), ledger);
            ServerProcess delivery = platform.service("delivery-service");

            // When
            publisher.publish(0, EVENTS / 2);
            delivery.kill();
            publisher.publish(EVENTS / 2, EVENTS);
            delivery.start();

            // Then
            assertNothingIsLost(ledger, EVENTS);
        }
    }

    @Test
    void noAcceptedEventIsLostWhenDeliveryServiceIsKilledWhileItCollectsABatch() throws Exception {
        // Given
        Ledger ledger = new Ledger();
        try (LedgerSink sink = new LedgerSink(ledger)) {
            String batched = ",\"mode\":{\"type\":\"batch\",\"max_size\":300,\"max_wait\":5000}";
            Publisher publisher = publisher(subscribe(sink, "order.*", batched), ledger);
            ServerProcess delivery = platform.service("delivery-service");

            // When
            publisher.publish(0, EVENTS / 2);
            delivery.kill();
            publisher.publish(EVENTS / 2, EVENTS);
            delivery.start();

            // Then
            assertNothingIsLost(ledger, EVENTS);
        }
    }

    @Test
    void noAcceptedEventIsLostWhenTheBrokerIsKilled() throws Exception {
        // Given
        Ledger ledger = new Ledger();
        try (LedgerSink sink = new LedgerSink(ledger)) {
            Publisher publisher = publisher(subscribe(sink, "order.*"), ledger);

            // When
            publisher.publish(0, EVENTS / 2);
            platform.broker().kill();
            CompletableFuture<Void> restarted = CompletableFuture.runAsync(platform.broker()::start);
            publisher.publish(EVENTS / 2, EVENTS);
            restarted.join();

            // Then
            assertNothingIsLost(ledger, EVENTS);
        }
    }

    @Test
    void productThatChangesWhileTheBrokerIsAwayArrivesOnceItIsBack() throws Exception {
        // Given
        Ledger ledger = new Ledger();
        try (LedgerSink sink = new LedgerSink(ledger)) {
            String key = subscribe(sink, "product.created");

            // When
            platform.broker().kill();
            post(
                    "/products",
                    key,
                    "{\"sku\":\"AWAY-1\",\"name\":\"Lamp\",\"price\":9.90,\"currency\":\"EUR\",\"quantity\":3}");
            platform.broker().start();

            // Then
            await().atMost(CATCH_UP).until(() -> ledger.receivedCount() == 1);
        }
    }

    @Test
    void deliveriesGoOnWhilePostgresIsAwayAndTheLogCatchesUp() throws Exception {
        // Given
        Ledger ledger = new Ledger();
        try (LedgerSink sink = new LedgerSink(ledger)) {
            String key = subscribe(sink, "order.*");

            // When
            publisher(key, ledger).publish(0, EVENTS);
            platform.database().kill();

            // Then
            assertNothingIsLost(ledger, EVENTS);
            platform.database().start();
            await().atMost(CATCH_UP).pollInterval(Duration.ofMillis(500)).until(() -> loggedCount(key) == EVENTS);
        }
    }

    private static void assertNothingIsLost(Ledger ledger, int events) {
        assertThat(ledger.acceptedCount()).isEqualTo(events);
        await().atMost(CATCH_UP).until(() -> ledger.arrivedCount() == ledger.acceptedCount());
        Ledger.Findings findings = ledger.check();
        System.out.printf("%d accepted, %s%n", ledger.acceptedCount(), findings);
        assertThat(findings.isClean()).as(findings.toString()).isTrue();
    }

    private static Publisher publisher(String key, Ledger ledger) {
        return new Publisher(platform.origin(), key, ledger, "ledger");
    }

    /** A tenant of its own with a webhook on the sink; returns the API key of its owner. */
    private static String subscribe(LedgerSink sink, String pattern) throws IOException, InterruptedException {
        return subscribe(sink, pattern, "");
    }

    private static String subscribe(LedgerSink sink, String pattern, String more)
            throws IOException, InterruptedException {
        String tenant = post("/tenants", platform.adminKey(), "{\"name\":\"Ledger\"}")
                .path("id")
                .asText();
        String key = post(
                        "/api-keys",
                        platform.adminKey(),
                        "{\"name\":\"ledger\",\"role\":\"owner\",\"tenant_id\":\"" + tenant + "\"}")
                .path("key")
                .asText();
        JsonNode webhook = post(
                "/webhooks",
                key,
                "{\"name\":\"ledger\",\"url\":\"" + sink.url() + "\",\"events\":[\"" + pattern + "\"]" + more + "}");
        sink.verifyWith(webhook.path("secret").asText());
        return key;
    }

    /** How many of the tenant's deliveries the log has as delivered. */
    private static int loggedCount(String key) throws IOException, InterruptedException {
        String page = "/deliveries?status=delivered&limit=200";
        int count = 0;
        JsonNode answer;
        String cursor = "";
        do {
            HttpResponse<String> response = send(request(page + cursor, key).GET());
            if (response.statusCode() != 200) {
                return 0; // the database is not back yet
            }
            answer = JSON.readTree(response.body());
            count += answer.path("items").size();
            cursor = "&cursor=" + answer.path("next").asText();
        } while (answer.hasNonNull("next"));
        return count;
    }

    private static JsonNode post(String path, String key, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    private static HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create(platform.origin() + "/api/v1" + path))
                .header("Authorization", "Bearer " + key);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
