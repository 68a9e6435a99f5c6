package io.stockhook.delivery.path;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.delivery.registry.Confirmations;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints that take deliveries with 202 and confirm them later. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class ConfirmationPathTests {

    private static final String TYPE = "product.created";
    private static final String ACCEPTED = "{\"status\": \"accepted\"}";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long LONG_MS = 60_000;

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys;

    @Inject
    Engine engine;

    @Inject
    Confirmations confirmations;

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
    void whatIsConfirmedIsDelivered() {
        // Given
        EventEnvelope event = taken("/accepts", LONG_MS);
        Sink.Received request = awaitRequests("/accepts", 1).get(0);
        awaitStatus("awaiting_confirmation");

        // When
        ValidatableResponse answer = confirm(request, request.header("X-Webhook-Confirm"), ACCEPTED);

        // Then
        answer.statusCode(200).body("status", equalTo("accepted")).body("attempt", equalTo(1));
        awaitStatus("delivered");
        awaitReasons(event, "awaiting_confirmation", "confirmed");
        awaitNothingHeld();
        assertThat(sink.at("/accepts")).hasSize(1);
    }

    @Test
    void whatIsNotConfirmedInTimeIsTriedAgain() {
        // Given
        sink.answers("/forgets", 202, 200);
        register("/forgets", 1_000);

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, TYPE, "{}");

        // Then
        List<Sink.Received> requests = awaitRequests("/forgets", 2);
        awaitReasons(event, "awaiting_confirmation", "unconfirmed", "delivered");
        assertThat(requests.get(1).header("X-Webhook-Attempt")).isEqualTo("2");
        confirm(requests.get(0), requests.get(0).header("X-Webhook-Confirm"), ACCEPTED)
                .statusCode(409)
                .body("detail", containsString("too late"));
    }

    @Test
    void whatIsConfirmedAsFailedIsTriedAgainWithoutWaitingForItsTime() {
        // Given
        EventEnvelope event = taken("/refuses", LONG_MS);
        Sink.Received request = awaitRequests("/refuses", 1).get(0);

        // When
        confirm(
                        request,
                        request.header("X-Webhook-Confirm"),
                        "{\"status\": \"failed\", \"reason\": \"The order is closed.\"}")
                .statusCode(200);

        // Then
        awaitReasons(event, "awaiting_confirmation", "refused", "delivered");
        assertThat(attempts(event).get(1).errorMessage()).isEqualTo("The order is closed.");
        awaitNothingHeld();
    }

    @Test
    void confirmationThatOutrunsTheAnswerCounts() {
        // Given
        sink.answers("/slow", 202);
        sink.delays("/slow", Duration.ofMillis(1_500));
        register("/slow", LONG_MS);
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, TYPE, "{}");
        Sink.Received request = awaitRequests("/slow", 1).get(0);

        // When
        confirm(request, request.header("X-Webhook-Confirm"), ACCEPTED).statusCode(200);

        // Then
        awaitReasons(event, "confirmed", "awaiting_confirmation");
        awaitStatus("delivered");
        awaitNothingHeld();
    }

    @Test
    void confirmationOfAnAttemptWhoseAnswerFailedEndsItsRetries() {
        // Given
        sink.answers("/breaks", 500);
        sink.delays("/breaks", Duration.ofMillis(1_500));
        register("/breaks", LONG_MS);
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, TYPE, "{}");
        Sink.Received request = awaitRequests("/breaks", 1).get(0);

        // When
        confirm(request, request.header("X-Webhook-Confirm"), ACCEPTED).statusCode(200);

        // Then
        awaitReasons(event, "confirmed", "confirmed");
        awaitStatus("delivered");
        awaitNothingHeld();
        assertThat(sink.at("/breaks")).hasSize(1);
    }

    @Test
    void any2xxBut202IsDoneAtOnce() {
        // Given
        sink.answers("/done", 204);
        register("/done", LONG_MS);

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, TYPE, "{}");

        // Then
        awaitReasons(event, "delivered");
    }

    @Test
    void nothingButTheTokenOfTheDeliveryIsTaken() {
        // Given
        taken("/guarded", LONG_MS);
        Sink.Received request = awaitRequests("/guarded", 1).get(0);
        String token = request.header("X-Webhook-Confirm");
        taken("/other", LONG_MS);
        String othersToken = awaitRequests("/other", 1).get(0).header("X-Webhook-Confirm");

        // When, Then
        confirm(request, othersToken, ACCEPTED).statusCode(401);
        confirm(request, token.substring(0, token.length() - 4) + "AAAA", ACCEPTED)
                .statusCode(401);
        confirm(request, "", ACCEPTED).statusCode(401).body("detail", containsString("X-Webhook-Confirm"));
        confirm(request, token, "{\"status\": \"done\"}").statusCode(400).body("errors[0].field", equalTo("status"));
        confirm(request, token, "{}").statusCode(400).body("errors[0].field", equalTo("status"));
    }

    @Test
    void cancelledDeliveryIsNotConfirmedAnyMore() {
        // Given
        taken("/cancelled", LONG_MS);
        Sink.Received request = awaitRequests("/cancelled", 1).get(0);
        awaitStatus("awaiting_confirmation");
        given().auth()
                .oauth2(TestTokens.of(platform.tenant(), "editor"))
                .post("/api/v1/deliveries/" + request.header("X-Webhook-Delivery") + "/cancel")
                .then()
                .statusCode(202);

        // When, Then
        await().atMost(SOON).untilAsserted(() -> confirm(request, request.header("X-Webhook-Confirm"), ACCEPTED)
                .statusCode(409));
        awaitStatus("dropped");
    }

    private EventEnvelope taken(String path, long withinMs) {
        sink.answers(path, 202);
        register(path, withinMs);
        return platform.emit(Topics.INVENTORY_EVENTS, TYPE, "{}");
    }

    private void register(String path, long withinMs) {
        platform.register(
                sink.url(path),
                one -> one.toBuilder()
                        .confirm(new EndpointRegistration.Confirm(withinMs))
                        .retry(new EndpointRegistration.RetryConfig(3, 0, 1, null))
                        .build(),
                TYPE);
    }

    private static ValidatableResponse confirm(Sink.Received request, String token, String body) {
        return given().contentType("application/json")
                .header("X-Webhook-Confirm", token)
                .body(body)
                .post("/api/v1/deliveries/" + request.header("X-Webhook-Delivery") + "/confirm")
                .then();
    }

    private List<Sink.Received> awaitRequests(String path, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(sink.at(path)).hasSizeGreaterThanOrEqualTo(count));
        return sink.at(path);
    }

    private void awaitStatus(String status) {
        await().atMost(SOON).untilAsserted(() -> given().auth()
                .oauth2(TestTokens.of(platform.tenant(), "editor"))
                .get("/api/v1/deliveries")
                .then()
                .body("items[0].status", equalTo(status)));
    }

    private void awaitReasons(EventEnvelope event, String... reasons) {
        await().atMost(SOON).untilAsserted(() -> assertThat(attempts(event))
                .extracting(DeliveryAttempt::reason)
                .containsExactly(reasons));
    }

    private List<DeliveryAttempt> attempts(EventEnvelope event) {
        return platform.read(Topics.ATTEMPTS).stream()
                .map(entry -> DeliveryAttempt.read(entry.value()))
                .filter(attempt -> attempt.eventId().equals(event.id()))
                .toList();
    }

    /** The task that waited has ended what was said. */
    private void awaitNothingHeld() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(confirmations.size()).isZero());
    }
}
