package io.stockhook.delivery.path;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.signature.SignatureVerifier;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody who tries a webhook sees, and what the endpoint does. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class TestSendTests {

    private static final String DATA = "{\"order_id\":\"ORD-123\",\"amount\":150.00}";

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
    void sampleIsSentLikeADeliveryAndSaysThatItIsATest() {
        // Given
        EndpointRegistration webhook = platform.register(sink.url("/tried"), "order.*");

        // When
        ValidatableResponse result = test(webhook);

        // Then
        Sink.Received request = sink.at("/tried").get(0);
        assertThat(request.header("X-Webhook-Test")).isEqualTo("true");
        assertThat(request.header("X-Webhook-Event")).isEqualTo("order.created");
        assertThat(request.text()).endsWith("\"data\":" + DATA + "}");
        assertThat(new SignatureVerifier(List.of(Platform.SECRET))
                        .standard(
                                request.header("webhook-id"),
                                request.header("webhook-timestamp"),
                                request.header("webhook-signature"),
                                request.body(),
                                Instant.now()))
                .isEqualTo(SignatureVerifier.Verdict.VALID);
        result.statusCode(200)
                .body("test_result.status", equalTo("success"))
                .body("test_result.response_code", equalTo(200))
                .body("test_result.response_time", notNullValue())
                .body("test_result.connect_time", notNullValue())
                .body("test_result.time_to_first_byte", notNullValue())
                .body("test_result.body_sent", equalTo(request.text()))
                .body("test_result.headers_sent.X-Webhook-Signature", equalTo(request.header("X-Webhook-Signature")))
                .body("test_result.headers_sent.X-Webhook-Test", equalTo("true"))
                .body("test_result.event_id", equalTo(request.header("webhook-id")))
                .body("test_result.timestamp", notNullValue())
                .body("test_result.error", nullValue());
    }

    @Test
    void refusalOfTheEndpointIsShownAndNothingFollows() {
        // Given
        EndpointRegistration webhook = platform.register(sink.url("/gone"), "order.*");
        sink.answers("/gone", 410);

        // When
        ValidatableResponse result = test(webhook);

        // Then
        result.statusCode(200)
                .body("test_result.status", equalTo("failed"))
                .body("test_result.response_code", equalTo(410))
                .body("test_result.error", equalTo("http_410"))
                .body("test_result.error_message", containsString("410"));
        test(webhook).body("test_result.status", equalTo("success"));
        assertThat(platform.read(Topics.ATTEMPTS))
                .extracting(source -> DeliveryAttempt.read(source.value()).endpointId())
                .doesNotContain(webhook.endpointId());
        assertThat(platform.read(Topics.ENDPOINT_VERDICTS))
                .extracting(source -> new String(source.key(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain(webhook.endpointId());
    }

    @Test
    void unreachableEndpointIsAResultToo() {
        // Given
        EndpointRegistration webhook = platform.register("http://127.0.0.1:1/nobody", "order.*");

        // Then
        test(webhook)
                .statusCode(200)
                .body("test_result.status", equalTo("failed"))
                .body("test_result.error", equalTo("connection_error"))
                .body("test_result.response_code", nullValue())
                .body("test_result.connect_time", nullValue());
    }

    @Test
    void addressThatDeliveriesMayNotGoToIsRefused() {
        // Given
        EndpointRegistration webhook = platform.register("http://10.0.0.1/internal", "order.*");

        // Then
        test(webhook).statusCode(200).body("test_result.error", equalTo("address_refused"));
    }

    @Test
    void disabledWebhookCanBeTried() {
        // Given
        EndpointRegistration webhook = platform.register(
                sink.url("/disabled"),
                one -> one.toBuilder().isActive(false).version(2).build(),
                "order.*");

        // Then
        test(webhook).statusCode(200).body("test_result.status", equalTo("success"));
    }

    @Test
    void changeThatIsOnItsWayIsWaitedFor() {
        // Given
        EndpointRegistration webhook = platform.register(sink.url("/before"), "order.*");
        CompletableFuture<Void> change = CompletableFuture.runAsync(
                () -> platform.publish(
                        webhook.toBuilder().url(sink.url("/after")).version(7).build()),
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        // When
        ValidatableResponse result = send(platform.tenant(), body(webhook.endpointId(), "\"version\": 7,"));

        // Then
        change.join();
        result.statusCode(200).body("test_result.url", equalTo(sink.url("/after")));
        assertThat(sink.at("/before")).isEmpty();
    }

    @Test
    void changeThatDoesNotComeIsSaidSo() {
        // Given
        EndpointRegistration webhook = platform.register(sink.url("/never"), "order.*");

        // Then
        send(platform.tenant(), body(webhook.endpointId(), "\"version\": 99,"))
                .statusCode(503)
                .header("Retry-After", notNullValue());
    }

    @Test
    void webhookOfAnotherTenantIsNotThere() {
        // Given
        EndpointRegistration webhook = platform.register(sink.url("/theirs"), "order.*");

        // Then
        send(Ids.next(Ids.Kind.TENANT), body(webhook.endpointId(), "")).statusCode(404);
        assertThat(sink.at("/theirs")).isEmpty();
    }

    @Test
    void tenantHasSoManyUnderWayAtOnce() {
        // Given
        EndpointRegistration webhook = platform.register(sink.url("/slow"), "order.*");
        sink.delays("/slow", Duration.ofMillis(1_500));

        // When
        List<CompletableFuture<Integer>> sends = java.util.stream.IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> test(webhook).extract().statusCode(), task -> new Thread(task).start()))
                .toList();

        // Then
        assertThat(sends.stream().map(CompletableFuture::join).filter(status -> status == 429))
                .hasSize(2);
        sink.delays("/slow", Duration.ZERO);
        test(webhook).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"event\": \"order.created\", \"payload\": {}} | webhook_id",
                "{\"webhook_id\": \"wh_1\", \"event\": \"order.created\", \"payload\": {}} | webhook_id",
                "{\"webhook_id\": \"wh_0198c5e27b0a7c3f9d2ab41c6f7e8d91\", \"event\": \"order\", \"payload\": {}} | event",
                "{\"webhook_id\": \"wh_0198c5e27b0a7c3f9d2ab41c6f7e8d91\", \"event\": \"order.created\"} | payload"
            })
    void whatDoesNotFitIsNamed(String body, String field) {
        send(platform.tenant(), body).statusCode(400).body("errors.field", contains(field));
    }

    @Test
    void viewerMayNot() {
        given().auth()
                .oauth2(TestTokens.of(platform.tenant(), "viewer"))
                .contentType("application/json")
                .body(body(Ids.next(Ids.Kind.WEBHOOK), ""))
                .post("/api/v1/deliveries/test")
                .then()
                .statusCode(403);
    }

    private ValidatableResponse test(EndpointRegistration webhook) {
        return send(platform.tenant(), body(webhook.endpointId(), ""));
    }

    private static String body(String webhookId, String more) {
        return "{\"webhook_id\": \"%s\", %s \"event\": \"order.created\", \"payload\": %s}"
                .formatted(webhookId, more, DATA);
    }

    private static ValidatableResponse send(String tenant, String body) {
        return given().auth()
                .oauth2(TestTokens.of(tenant, "editor"))
                .contentType("application/json")
                .body(body)
                .post("/api/v1/deliveries/test")
                .then();
    }
}
