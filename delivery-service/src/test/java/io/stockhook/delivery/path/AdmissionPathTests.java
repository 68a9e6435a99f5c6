package io.stockhook.delivery.path;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.Breaker;
import io.stockhook.events.EndpointRegistration.RateLimit;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an endpoint's rate and circuit let through, on a real broker. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class AdmissionPathTests {

    private static final String DATA = "{\"sku\":\"SHIRT-1\"}";
    private static final Duration SOON = Duration.ofSeconds(20);

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys;

    @Inject
    Engine engine;

    private Sink sink;
    private Platform platform;

    @BeforeEach
    void start() throws Exception {
        sink = new Sink();
        platform = new Platform(TestPlatform.bootstrapServers(), masterKeys, engine::registrySize);
        await().atMost(Duration.ofSeconds(30)).until(engine::isReady);
    }

    @AfterEach
    void stop() {
        platform.close();
        sink.close();
    }

    @Test
    void endpointGetsNoMoreInASecondThanItsRateAndLosesNothing() {
        // Given
        platform.register(
                sink.url("/rated"),
                webhook -> webhook.toBuilder()
                        .rateLimit(new RateLimit(10, 1_000, 5))
                        .build(),
                "rated.*");

        // When
        Instant began = Instant.now();
        emit("rated.event", 40);

        // Then
        await().atMost(SOON).until(() -> sink.at("/rated").size() == 40);
        List<Instant> arrivals =
                sink.at("/rated").stream().map(Sink.Received::at).sorted().toList();
        // A request may be late on its way to the sink, but none goes before its slot.
        for (int i = 0; i < 40; i++) {
            assertThat(arrivals.get(i)).isAfterOrEqualTo(began.plusMillis(100 * Math.max(0, i - 5)));
        }
        assertThat(sink.at("/rated"))
                .extracting(request -> request.header("X-Webhook-Attempt"))
                .containsOnly("1");
    }

    @Test
    void endpointsOfASubscriberTogetherGetNoMoreThanItsRate() {
        // Given
        UnaryOperator<EndpointRegistration> shared = webhook -> webhook.toBuilder()
                .subscriberId("sub_shared")
                .subscriberRateLimit(new RateLimit(10, 1_000, 1))
                .build();
        platform.register(sink.url("/shared/one"), shared, "shared.*");
        platform.register(sink.url("/shared/two"), shared, "shared.*");

        // When
        Instant began = Instant.now();
        emit("shared.event", 30);

        // Then
        await().atMost(SOON).until(() -> receivedOf("/shared/").size() == 60);
        List<Instant> arrivals = receivedOf("/shared/");
        for (int i = 0; i < 60; i++) {
            assertThat(arrivals.get(i)).isAfterOrEqualTo(began.plusMillis(100L * 10 / 11 * Math.max(0, i - 2)));
        }
    }

    private List<Instant> receivedOf(String prefix) {
        return Stream.of(prefix + "one", prefix + "two")
                .flatMap(path -> sink.at(path).stream())
                .map(Sink.Received::at)
                .sorted()
                .toList();
    }

    @Test
    void endpointInTroubleIsLeftAloneUntilProbesSucceedAndThenGetsAll() {
        // Given
        Breaker opensSoon = new Breaker(true, 0.5, 5, 10_000, 1_000);
        EndpointRegistration.RetryConfig manyRetries = new EndpointRegistration.RetryConfig(20, 100, 1, 1_000L);
        sink.answers("/troubled", Collections.nCopies(8, 503).toArray(Integer[]::new));
        platform.register(
                sink.url("/troubled"),
                webhook -> webhook.toBuilder()
                        .breaker(opensSoon)
                        .retry(manyRetries)
                        .maxInFlight(1)
                        .build(),
                "troubled.*");

        // When
        emit("troubled.event", 30);

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> delivered("/troubled") == 30);
        List<Instant> arrivals =
                sink.at("/troubled").stream().map(Sink.Received::at).sorted().toList();
        assertThat(longestGap(arrivals)).isGreaterThan(Duration.ofMillis(600));
        assertThat(arrivals).hasSize(30 + 8);
    }

    @Test
    void circuitThatIsNotClosedIsSeenFromOutsideUntilItCloses() {
        // Given
        Breaker opensSoon = new Breaker(true, 0.5, 5, 10_000, 1_000);
        EndpointRegistration.RetryConfig manyRetries = new EndpointRegistration.RetryConfig(20, 100, 1, 1_000L);
        sink.answers("/watched", Collections.nCopies(8, 503).toArray(Integer[]::new));
        EndpointRegistration webhook = platform.register(
                sink.url("/watched"),
                one -> one.toBuilder()
                        .breaker(opensSoon)
                        .retry(manyRetries)
                        .maxInFlight(1)
                        .build(),
                "watched.*");

        // When
        emit("watched.event", 10);

        // Then
        await().atMost(SOON).untilAsserted(() -> circuit(webhook)
                .body("items[0].circuit.state", equalTo("open"))
                .body("items[0].circuit.since", notNullValue())
                .body("items[0].circuit.next_probe", notNullValue()));
        await().atMost(Duration.ofSeconds(60)).until(() -> delivered("/watched") == 10);
        await().atMost(SOON).untilAsserted(() -> circuit(webhook)
                .body("items[0].circuit.state", equalTo("closed"))
                .body("items[0].circuit.since", nullValue()));
    }

    @Test
    void newOwnerTakesBackWhatAFormerOneSaidOfACircuit() {
        // Given
        EndpointRegistration webhook = platform.register(sink.url("/inherited"), "inherited.*");
        String said = "{\"part\": \"%s\", \"state\": \"open\", \"since\": \"%s\"}"
                .formatted(webhook.endpointId(), Instant.now());
        platform.send(new ProducerRecord<>(Topics.CIRCUITS, Platform.utf8(webhook.endpointId()), Platform.utf8(said)));
        await().atMost(SOON).untilAsserted(() -> circuit(webhook).body("items[0].circuit.state", equalTo("open")));

        // When
        emit("inherited.event", 1);

        // Then
        await().atMost(SOON).until(() -> delivered("/inherited") == 1);
        await().atMost(SOON).untilAsserted(() -> circuit(webhook).body("items[0].circuit.state", equalTo("closed")));
    }

    private ValidatableResponse circuit(EndpointRegistration webhook) {
        return given().auth()
                .oauth2(TestTokens.of(platform.tenant(), "viewer"))
                .contentType("application/json")
                .body("{\"webhook_ids\": [\"" + webhook.endpointId() + "\"]}")
                .post("/api/v1/deliveries/figures")
                .then()
                .statusCode(200);
    }

    private void emit(String type, int count) {
        for (int i = 0; i < count; i++) {
            platform.emit(Topics.RECEIVED_EVENTS, type, DATA);
        }
    }

    private long delivered(String path) {
        return sink.at(path).stream()
                .map(request -> request.header("webhook-id"))
                .distinct()
                .filter(id -> sink.isTaken(path, id))
                .count();
    }

    private static Duration longestGap(List<Instant> sorted) {
        Duration longest = Duration.ZERO;
        for (int i = 1; i < sorted.size(); i++) {
            Duration gap = Duration.between(sorted.get(i - 1), sorted.get(i));
            longest = gap.compareTo(longest) > 0 ? gap : longest;
        }
        return longest;
    }
}
