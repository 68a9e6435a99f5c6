package io.stockhook.delivery.path;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.RunControl;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class RunsTests {

    private static final String DATA = "{\"sku\":\"SHIRT-1\",\"price\":89.990}";
    private static final String TYPE = "product.created";
    private static final String DELIVERIES = "/api/v1/deliveries";
    private static final String DEAD_LETTERS = "/api/v1/dead-letters";
    private static final Duration SOON = Duration.ofSeconds(15);

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
    void retriedDeadDeliveryArrivesWithTheSameIdAndSaysThatItIsAReplay() {
        // Given
        sink.answers("/dead", 500);
        EventEnvelope event = emitTo(platform.register(sink.url("/dead"), RunsTests::withoutRetries, TYPE));
        String delivery = awaitStored(awaitStatus("dead"));
        String letter = awaitDeadLetter();

        // When
        ValidatableResponse answer =
                caller().post(DELIVERIES + "/" + delivery + "/retry").then();

        // Then
        answer.statusCode(202)
                .body("run", equalTo(2))
                .body("message_id", equalTo(event.id()))
                .body("status", equalTo("scheduled"));
        List<Sink.Received> requests = awaitRequests("/dead", 2);
        assertThat(requests).extracting(request -> request.header("webhook-id")).containsOnly(event.id());
        assertThat(requests)
                .extracting(Sink.Received::text)
                .containsOnly(requests.get(0).text());
        assertThat(requests.get(0).headers()).doesNotContainKey("X-webhook-replay");
        assertThat(requests.get(1).header("X-Webhook-Replay")).isEqualTo("true");
        assertThat(requests.get(1).header("X-Webhook-Attempt")).isEqualTo("1");
        assertThat(awaitStatus("delivered")).isEqualTo(delivery);
        caller().get(DEAD_LETTERS + "/" + letter).then().statusCode(404);
    }

    @Test
    void replayedDeadLetterHasANewIdIfItWasAskedFor() {
        // Given
        sink.answers("/new-id", 500);
        EventEnvelope event = emitTo(platform.register(
                sink.url("/new-id"),
                one -> withoutRetries(one).toBuilder().headerPrefix("X-Acme-").build(),
                TYPE));
        String letter = awaitDeadLetter();

        // When
        String messageId = caller().body(Map.of("new_id", true))
                .post(DEAD_LETTERS + "/" + letter + "/replay")
                .then()
                .statusCode(202)
                .extract()
                .path("message_id");

        // Then
        Sink.Received replay = awaitRequests("/new-id", 2).get(1);
        assertThat(replay.header("webhook-id")).isEqualTo(messageId).isNotEqualTo(event.id());
        assertThat(replay.header("X-Acme-Replay")).isEqualTo("true");
        caller().get(DEAD_LETTERS + "/" + letter).then().statusCode(404);
    }

    @Test
    void deliveryThatIsCancelledWhileItWaitsOnTheWheelIsNeverPosted() {
        // Given
        sink.answers("/cancelled", 500);
        emitTo(platform.register(sink.url("/cancelled"), one -> retrying(one, 3, 3_000), TYPE));
        String delivery = awaitStatus("retrying");

        // When
        ValidatableResponse answer =
                caller().post(DELIVERIES + "/" + delivery + "/cancel").then();

        // Then
        answer.statusCode(202).body("status", equalTo("dropped"));
        assertThat(awaitStatus("dropped")).isEqualTo(delivery);
        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(6))
                .until(() -> sink.at("/cancelled").size() == 1);
        caller().get(DELIVERIES + "/" + delivery)
                .then()
                .body("reason", equalTo("cancelled"))
                .body("attempts.next", equalTo(List.of("retry", "dropped")));
    }

    @Test
    void deliveryThatIsCancelledWhileItQueuesBehindAnotherIsNeverPosted() {
        // Given
        sink.delays("/busy", Duration.ofSeconds(3));
        EndpointRegistration webhook = platform.register(
                sink.url("/busy"),
                one -> one.toBuilder().maxInFlight(1).timeoutMs(10_000).build(),
                TYPE);
        emitTo(webhook);
        awaitRequests("/busy", 1);
        EventEnvelope queued = emitTo(webhook);
        String delivery = Ids.delivery(queued.id(), webhook.endpointId(), queued.time());

        // When
        platform.send(
                RunControl.cancel(delivery, 1, Instant.now(), Instant.now().plusSeconds(60))
                        .toRecord());

        // Then
        assertThat(awaitStatus("dropped")).isEqualTo(delivery);
        assertThat(sink.at("/busy")).hasSize(1);
    }

    @Test
    void attemptThatFailsAfterItsDeliveryWasCancelledIsNeitherRepeatedNorADeadLetter() {
        // Given
        sink.delays("/under-way", Duration.ofSeconds(2));
        sink.answers("/under-way", 500);
        EndpointRegistration webhook = platform.register(
                sink.url("/under-way"),
                one -> withoutRetries(one).toBuilder().timeoutMs(10_000).build(),
                TYPE);
        EventEnvelope event = emitTo(webhook);
        awaitRequests("/under-way", 1);
        String delivery = Ids.delivery(event.id(), webhook.endpointId(), event.time());

        // When
        platform.send(
                RunControl.cancel(delivery, 1, Instant.now(), Instant.now().plusSeconds(60))
                        .toRecord());

        // Then
        assertThat(awaitStatus("dropped")).isEqualTo(delivery);
        caller().get(DELIVERIES + "/" + delivery)
                .then()
                .body("reason", equalTo("cancelled"))
                .body("attempts.response_code", equalTo(List.of(500)));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void retryTakesThePlaceOfWhatStillWaits() {
        // Given
        sink.answers("/impatient", 500);
        emitTo(platform.register(sink.url("/impatient"), one -> retrying(one, 3, 3_000), TYPE));
        String delivery = awaitStored(awaitStatus("retrying"));

        // When
        caller().post(DELIVERIES + "/" + delivery + "/retry").then().statusCode(202);

        // Then
        awaitRequests("/impatient", 2);
        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(6))
                .until(() -> sink.at("/impatient").size() == 2);
        assertThat(awaitStatus("delivered")).isEqualTo(delivery);
    }

    @Test
    void eventForLaterIsDeliveredWithinASecondOfItsTime() {
        // Given
        platform.register(sink.url("/later"), TYPE);
        Instant deliverAt = Instant.now().plusSeconds(4);

        // When
        platform.emit(Topics.RECEIVED_EVENTS, TYPE, DATA, deliverAt);

        // Then
        String delivery = awaitStatus("scheduled");
        assertThat(sink.at("/later")).isEmpty();
        assertThat(awaitRequests("/later", 1).get(0).at()).isBetween(deliverAt, deliverAt.plusSeconds(1));
        assertThat(awaitStatus("delivered")).isEqualTo(delivery);
    }

    @Test
    void endpointThatWantsItsEventsLaterGetsThemLater() {
        // Given
        platform.register(sink.url("/at-once"), TYPE);
        platform.register(
                sink.url("/delayed"), one -> one.toBuilder().delayMs(2_000).build(), TYPE);

        // When
        platform.emit(Topics.RECEIVED_EVENTS, TYPE, DATA);

        // Then
        Instant first = awaitRequests("/at-once", 1).get(0).at();
        Instant second = awaitRequests("/delayed", 1).get(0).at();
        assertThat(Duration.between(first, second)).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(3_000));
    }

    @Test
    void scheduledDeliveryThatIsCancelledIsNeverPosted() {
        // Given
        platform.register(sink.url("/never"), TYPE);
        platform.emit(Topics.RECEIVED_EVENTS, TYPE, DATA, Instant.now().plusSeconds(4));
        String delivery = awaitStatus("scheduled");

        // When
        caller().post(DELIVERIES + "/" + delivery + "/cancel").then().statusCode(202);

        // Then
        assertThat(awaitStatus("dropped")).isEqualTo(delivery);
        await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(6)).until(() -> sink.at("/never")
                .isEmpty());
        caller().post(DELIVERIES + "/" + delivery + "/cancel")
                .then()
                .statusCode(409)
                .contentType("application/problem+json");
    }

    @Test
    void heldDeliveriesAreRecoveredByAJob() {
        // Given
        sink.answers("/recovered", 500);
        EndpointRegistration webhook = platform.register(sink.url("/recovered"), one -> retrying(one, 3, 1_500), TYPE);
        Instant since = Instant.now();
        emitTo(webhook);
        awaitRequests("/recovered", 1);
        platform.publish(webhook.toBuilder().version(2).isActive(false).build());
        String delivery = awaitStatus("held");
        platform.publish(webhook.toBuilder().version(3).isActive(true).build());
        Map<String, Object> selection = Map.of(
                "webhook_id", webhook.endpointId(), "status", List.of("held", "dead"), "since", since.toString());

        // When
        String job = caller().body(selection)
                .post(DELIVERIES + "/bulk-retry")
                .then()
                .statusCode(202)
                .body("total", equalTo(1))
                .header("Location", startsWith("/api/v1/deliveries/jobs/job_"))
                .extract()
                .path("id");

        // Then
        awaitRequests("/recovered", 2);
        assertThat(awaitStatus("delivered")).isEqualTo(delivery);
        await().atMost(SOON).untilAsserted(() -> caller().get(DELIVERIES + "/jobs/" + job)
                .then()
                .body("status", equalTo("done"))
                .body("done", equalTo(1)));
    }

    @Test
    void sameIdempotencyKeyBeginsOneRun() {
        // Given
        emitTo(platform.register(sink.url("/once"), TYPE));
        String path = DELIVERIES + "/" + awaitStored(awaitStatus("delivered")) + "/retry";
        caller().header("Idempotency-Key", "retry-1").post(path).then().statusCode(202);

        // When
        ValidatableResponse again =
                caller().header("Idempotency-Key", "retry-1").post(path).then();

        // Then
        again.statusCode(202).body("run", equalTo(2)).header("Idempotent-Replayed", "true");
        awaitRequests("/once", 2);
    }

    @Test
    void twoRetriesInARowAreTwoRuns() {
        // Given
        emitTo(platform.register(sink.url("/twice"), TYPE));
        String path = DELIVERIES + "/" + awaitStored(awaitStatus("delivered")) + "/retry";

        // When
        caller().post(path).then().statusCode(202).body("run", equalTo(2));
        caller().post(path).then().statusCode(202).body("run", equalTo(3));

        // Then
        assertThat(awaitStatus("delivered", 3)).isNotBlank();
    }

    @Test
    void finishedDeliveryCannotBeCancelled() {
        // Given
        emitTo(platform.register(sink.url("/finished"), TYPE));
        String delivery = awaitStatus("delivered");

        // When
        ValidatableResponse answer =
                caller().post(DELIVERIES + "/" + delivery + "/cancel").then();

        // Then
        answer.statusCode(409).body("detail", equalTo("The delivery is delivered: nothing of it is to come."));
    }

    @Test
    void anotherTenantsDeliveryIsNotFound() {
        // Given
        emitTo(platform.register(sink.url("/foreign"), TYPE));
        String delivery = awaitStatus("delivered");
        RequestSpecification foreign = given().auth()
                .oauth2(TestTokens.of(Ids.next(Ids.Kind.TENANT), "owner"))
                .noContentType();

        // Then
        foreign.post(DELIVERIES + "/" + delivery + "/retry").then().statusCode(404);
        foreign.post(DELIVERIES + "/" + delivery + "/cancel").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "deliveries/dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90/retry",
        "deliveries/nonsense/retry",
        "deliveries/dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90/cancel",
        "dead-letters/dead_0198c5e27b0a7c3f9d2ab41c6f7e8d90/replay",
        "dead-letters/nonsense/replay",
        "deliveries/jobs/job_0198c5e27b0a7c3f9d2ab41c6f7e8d90/cancel",
        "dead-letters/jobs/nonsense/cancel"
    })
    void whatDoesNotExistIsNotFound(String path) {
        caller().post("/api/v1/" + path).then().statusCode(404).contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deliveries/bulk-retry    | {\"ids\":[\"dlv_1\"]}                 | ids",
                "deliveries/bulk-retry    | {\"ids\":[]}                          | ids",
                "deliveries/bulk-retry    | {\"webhook_id\":\"wh_1\"}             | webhook_id",
                "deliveries/bulk-retry    | {\"status\":[\"lost\"]}               | status[0]",
                "deliveries/bulk-retry    | {\"start_date\":\"yesterday\"}        | start_date",
                "deliveries/bulk-retry    | {\"statuss\":[\"dead\"]}              | statuss",
                "dead-letters/bulk-replay | {\"ids\":[\"dlv_1\"],\"dry_run\":true} | ids",
                "dead-letters/bulk-purge  | {\"event_type\":\"NO\"}               | event_type"
            })
    void fieldThatDoesNotFitIsNamed(String path, String body, String field) {
        caller().body(body)
                .post("/api/v1/" + path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void thoseWhoMayOnlyReadCannotRetryNorPurge() {
        // Given
        String viewer = TestTokens.of(platform.tenant(), "viewer");

        // Then
        given().auth()
                .oauth2(viewer)
                .noContentType()
                .post(DELIVERIES + "/dlv_1/retry")
                .then()
                .statusCode(403);
        given().auth().oauth2(viewer).delete(DEAD_LETTERS + "/dead_1").then().statusCode(403);
        given().auth().oauth2(viewer).get(DELIVERIES + "/jobs").then().statusCode(200);
        given().noContentType().post(DELIVERIES + "/dlv_1/retry").then().statusCode(401);
    }

    private EventEnvelope emitTo(EndpointRegistration webhook) {
        assertThat(webhook.events()).contains(TYPE);
        return platform.emit(Topics.INVENTORY_EVENTS, TYPE, DATA);
    }

    private RequestSpecification caller() {
        return given().auth().oauth2(TestTokens.of(platform.tenant(), "editor")).contentType("application/json");
    }

    private List<Sink.Received> awaitRequests(String path, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(sink.at(path)).hasSize(count));
        return sink.at(path);
    }

    /** The tenant's one delivery, once it stands so. */
    private String awaitStatus(String status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(deliveries(status).<List<String>>path("items.id"))
                .hasSize(1));
        return deliveries(status).path("items[0].id");
    }

    /** The delivery, once the log holds its event's data as well. */
    private String awaitStored(String delivery) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> caller().get(DELIVERIES + "/" + delivery).then().body("payload", notNullValue()));
        return delivery;
    }

    private String awaitStatus(String status, int run) {
        await().atMost(SOON).untilAsserted(() -> assertThat(deliveries(status).<List<Integer>>path("items.run"))
                .containsExactly(run));
        return deliveries(status).path("items[0].id");
    }

    private ExtractableResponse<Response> deliveries(String status) {
        return caller().get(DELIVERIES + "?status=" + status)
                .then()
                .statusCode(200)
                .extract();
    }

    private String awaitDeadLetter() {
        await().atMost(SOON).untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        return deadLetters().get(0);
    }

    private List<String> deadLetters() {
        return caller().get(DEAD_LETTERS).then().statusCode(200).extract().path("items.id");
    }

    private static EndpointRegistration withoutRetries(EndpointRegistration one) {
        return retrying(one, 0, 1_000);
    }

    private static EndpointRegistration retrying(EndpointRegistration one, int retries, long delayMs) {
        return one.toBuilder()
                .retry(new EndpointRegistration.RetryConfig(retries, delayMs, 1, null))
                .build();
    }
}
