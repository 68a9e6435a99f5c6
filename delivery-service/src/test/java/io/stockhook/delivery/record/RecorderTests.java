package io.stockhook.delivery.record;

import static io.restassured.RestAssured.given;
import static io.stockhook.delivery.testing.AttemptBuilder.attemptOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.delivery.testing.AttemptBuilder;
import io.stockhook.delivery.testing.Topic;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class RecorderTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    AgroalDataSource dataSource;

    @Inject
    LogTransactions transactions;

    private final String tenant = Ids.next(Ids.Kind.TENANT);
    private Topic topic;

    @BeforeEach
    void open() {
        topic = new Topic();
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void anAttemptBecomesADeliveryWithItsResponse() {
        AttemptBuilder attempt = attemptOf(tenant);

        topic.attempts(attempt.build());

        eventually(() -> delivery(attempt.deliveryId())
                .body("id", equalTo(attempt.deliveryId()))
                .body("status", equalTo("delivered"))
                .body("attempt_count", equalTo(1))
                .body("retry_count", equalTo(0))
                .body("response_code", equalTo(200))
                .body("response_time", equalTo(42))
                .body("attempts", hasSize(1))
                .body("attempts[0].response_headers.content-type", equalTo("text/plain"))
                .body("attempts[0].response_body", equalTo("ok"))
                .body("attempts[0].method", equalTo("POST"))
                .body(
                        "attempts[0].request_headers.webhook-id",
                        equalTo(attempt.build().eventId()))
                .body("attempts[0].request_headers.X-Webhook-Delivery", equalTo(attempt.deliveryId()))
                .body("attempts[0].request_headers.X-Webhook-Signature", startsWith("sha256="))
                .body("attempts[0].request_body_size", equalTo(120))
                .body("attempts[0].request_body", nullValue())
                .body("attempts[0].next", equalTo("delivered")));
    }

    @Test
    void inDebugModeTheRequestIsShownWhole() {
        AttemptBuilder attempt = attemptOf(tenant)
                .request(new DeliveryAttempt.Request(
                        "PUT", Map.of("webhook-id", "evt_1", "X-Token", "***"), 17, "{\"type\":\"any\"}"));

        topic.attempts(attempt.build());

        eventually(() -> delivery(attempt.deliveryId())
                .body("attempts[0].method", equalTo("PUT"))
                .body("attempts[0].request_headers.webhook-id", equalTo("evt_1"))
                .body("attempts[0].request_headers.X-Token", equalTo("***"))
                .body("attempts[0].request_body", equalTo("{\"type\":\"any\"}")));
    }

    @Test
    void anAttemptOfWhatIsNoTenantOrWebhookIsSetAside() {
        DeliveryAttempt strange = attemptOf(tenant).endpoint("wh_nobody").build();
        AttemptBuilder next = attemptOf(tenant);

        topic.attempts(strange, next.build());

        eventually(() -> delivery(next.deliveryId()).body("status", equalTo("delivered")));
        await().atMost(SOON).untilAsserted(() -> assertThat(reasonsOfSetAside(strange.toBytes()))
                .containsExactly("malformed_record"));
    }

    @Test
    void aReplayedRecordMakesNoSecondRow() {
        AttemptBuilder attempt = attemptOf(tenant);
        DeliveryAttempt first = attempt.build();
        DeliveryAttempt second = attempt.number(1, 2).build();

        topic.attempts(first, first, first, second);

        eventually(() -> delivery(attempt.deliveryId()).body("attempts.attempt", contains(1, 2)));
    }

    @Test
    void aLateRecordDoesNotMoveADeliveryBack() {
        AttemptBuilder attempt = attemptOf(tenant).outcome(500, Next.RETRY);
        DeliveryAttempt third = attempt.number(1, 3).build();
        DeliveryAttempt second = attempt.number(1, 2).build();

        topic.attempts(third);
        eventually(() -> delivery(attempt.deliveryId()).body("attempts.attempt", contains(3)));
        topic.attempts(second);

        eventually(() -> delivery(attempt.deliveryId())
                .body("attempts.attempt", contains(2, 3))
                .body("status", equalTo("retrying"))
                .body("attempt_count", equalTo(3)));
    }

    @Test
    void deliveredIsFinalWithinItsRun() {
        AttemptBuilder attempt = attemptOf(tenant);
        topic.attempts(attempt.build());
        eventually(() -> delivery(attempt.deliveryId()).body("status", equalTo("delivered")));

        topic.attempts(attempt.number(1, 2).outcome(500, Next.DEAD).build());

        eventually(() -> delivery(attempt.deliveryId())
                .body("attempts", hasSize(2))
                .body("status", equalTo("delivered"))
                .body("response_code", equalTo(200)));
    }

    @Test
    void aNewRunMovesADeadDelivery() {
        AttemptBuilder attempt = attemptOf(tenant).number(1, 6).outcome(500, Next.DEAD);
        topic.attempts(attempt.build());
        eventually(() -> delivery(attempt.deliveryId()).body("status", equalTo("dead")));

        topic.attempts(attempt.number(2, 1).outcome(200, Next.DELIVERED).build());

        eventually(() -> delivery(attempt.deliveryId())
                .body("status", equalTo("delivered"))
                .body("run", equalTo(2))
                .body("attempt_count", equalTo(1)));
    }

    @Test
    void anUnreadableAttemptIsSetAsideAndTheNextOneRecorded() throws SQLException {
        AttemptBuilder attempt = attemptOf(tenant);
        byte[] nonsense = ("not an attempt of " + tenant).getBytes(StandardCharsets.UTF_8);

        topic.attemptBytes(attempt.deliveryId(), nonsense);
        topic.attempts(attempt.build());

        eventually(() -> delivery(attempt.deliveryId()).body("status", equalTo("delivered")));
        assertThat(reasonsOfSetAside(nonsense)).containsExactly("malformed_record");
    }

    @Test
    void anAttemptFromOutsideOfTheRetentionIsSetAside() {
        DeliveryAttempt old = attemptOf(tenant)
                .eventTime(Instant.now().minus(Duration.ofDays(400)))
                .build();
        AttemptBuilder next = attemptOf(tenant);

        topic.attempts(old, next.build());

        eventually(() -> delivery(next.deliveryId()).body("status", equalTo("delivered")));
        await().atMost(SOON).untilAsserted(() -> assertThat(reasonsOfSetAside(old.toBytes()))
                .containsExactly("outside_retention"));
    }

    @Test
    void anAttemptThatTheDatabaseRefusesIsSetAsideAlone() {
        // A key of more than a third of a page fits into no index.
        DeliveryAttempt refused =
                attemptOf(tenant).eventType(incompressible(9_000)).build();
        AttemptBuilder next = attemptOf(tenant);

        topic.attempts(refused, next.build());

        eventually(() -> delivery(next.deliveryId()).body("status", equalTo("delivered")));
        await().atMost(SOON).untilAsserted(() -> assertThat(reasonsOfSetAside(refused.toBytes()))
                .containsExactly("refused_by_database"));
    }

    @Test
    void aDayThatNobodyPreparedGetsItsPartition() {
        AttemptBuilder attempt = attemptOf(tenant).eventTime(Instant.now().minus(Duration.ofDays(20)));

        topic.attempts(attempt.build());

        eventually(() -> delivery(attempt.deliveryId()).body("status", equalTo("delivered")));
    }

    @Test
    void textThatPostgresqlCannotHoldIsKeptReadable() {
        AttemptBuilder attempt = attemptOf(tenant).responseBody("a\0b");

        topic.attempts(attempt.build());

        eventually(() -> delivery(attempt.deliveryId()).body("attempts[0].response_body", equalTo("a\uFFFDb")));
    }

    @Test
    void theEventsDataIsShownAsPublished() {
        String data = "{\"price\": 1.10, \"big\": 123456789012345678901234567890}";
        EventEnvelope event = event(data);
        AttemptBuilder attempt = attemptOf(tenant).event(event.id(), event.type(), event.time());

        topic.event(Topics.INVENTORY_EVENTS, event);
        topic.attempts(attempt.build());

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        delivery(attempt.deliveryId()).extract().asString())
                .contains("\"payload\":" + data));
    }

    @Test
    void aDeadLetterIsListedWithItsPayloadAndHistory() {
        EventEnvelope event = event("{\"sku\":\"A-1\"}");
        AttemptBuilder attempt =
                attemptOf(tenant).event(event.id(), event.type(), event.time()).outcome(500, Next.DEAD);
        DeliveryTask task = DeliveryTask.first(event, attempt.build().endpointId(), event.type(), Instant.now());
        DeadLetter letter = new DeadLetter("retries_exhausted", "The endpoint answered 500.", Instant.now(), null);

        topic.attempts(attempt.build());
        topic.deadLetter(task, letter);
        topic.deadLetter(task, letter);

        eventually(() -> get("/api/v1/dead-letters")
                .body("items", hasSize(1))
                .body("items[0].delivery_id", equalTo(attempt.deliveryId()))
                .body("items[0].reason", equalTo("retries_exhausted")));
        String id = get("/api/v1/dead-letters").extract().path("items[0].id");
        eventually(() -> get("/api/v1/dead-letters/" + id)
                .body("payload.sku", equalTo("A-1"))
                .body("attempts", hasSize(1)));
    }

    @Test
    void aRecordThatAnotherConsumerCouldNotReadIsSetAsideUnderItsOrigin() {
        byte[] bytes = ("unreadable of " + tenant).getBytes(StandardCharsets.UTF_8);
        ConsumerRecord<byte[], byte[]> malformed =
                new ConsumerRecord<>("some.topic", 3, System.nanoTime(), new byte[0], bytes);

        topic.raw(DeadLetter.of(malformed, "a task without data", Instant.now()));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reasonsOfSetAside(bytes)).containsExactly("malformed_record"));
    }

    @Test
    void aTenantSeesNothingOfAnother() throws SQLException {
        AttemptBuilder attempt = attemptOf(tenant);
        topic.attempts(attempt.build());
        eventually(() -> delivery(attempt.deliveryId()).body("status", equalTo("delivered")));
        String stranger = TestTokens.of(Ids.next(Ids.Kind.TENANT), "owner");

        given().auth()
                .oauth2(stranger)
                .get("/api/v1/deliveries")
                .then()
                .statusCode(200)
                .body("items", empty());

        given().auth()
                .oauth2(stranger)
                .get("/api/v1/deliveries/" + attempt.deliveryId())
                .then()
                .statusCode(404);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select 1 from delivery");
                ResultSet result = statement.executeQuery()) {
            assertThat(result.next()).as("rows without a tenant being set").isFalse();
        }
    }

    @Test
    void postgresqlBeingAwayMakesTheLogLateAndLosesNothing() {
        List<AttemptBuilder> attempts = new ArrayList<>();
        TestPlatform.postgres().stop();
        try {
            for (int i = 0; i < 50; i++) {
                AttemptBuilder attempt = attemptOf(tenant);
                attempts.add(attempt);
                topic.attempts(attempt.build());
            }

            given().auth()
                    .oauth2(TestTokens.of(tenant, "viewer"))
                    .get("/api/v1/deliveries")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "5");
        } finally {
            TestPlatform.postgres().start();
        }

        eventually(() -> get("/api/v1/deliveries?limit=200").body("items", hasSize(attempts.size())));
    }

    private void eventually(Runnable assertion) {
        await().atMost(SOON).untilAsserted(assertion::run);
    }

    private ValidatableResponse delivery(String id) {
        return get("/api/v1/deliveries/" + id);
    }

    private ValidatableResponse get(String path) {
        return given().auth()
                .oauth2(TestTokens.of(tenant, "viewer"))
                .get(path)
                .then()
                .statusCode(200);
    }

    private EventEnvelope event(String data) {
        return new EventEnvelope(
                Ids.next(Ids.Kind.EVENT),
                "product.updated",
                "/inventory",
                "prd_1",
                Instant.now(),
                tenant,
                null,
                null,
                null,
                data.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> reasonsOfSetAside(byte[] value) throws SQLException {
        List<String> reasons = new ArrayList<>();
        transactions.run(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select reason from set_aside where value = ?")) {
                statement.setBytes(1, value);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        reasons.add(result.getString(1));
                    }
                }
            }
        });
        return reasons;
    }

    private static String incompressible(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(Ids.next(Ids.Kind.EVENT));
        }
        return text.toString();
    }
}
