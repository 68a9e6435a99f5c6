package io.stockhook.delivery.query;

import static io.restassured.RestAssured.given;
import static io.stockhook.delivery.testing.AttemptBuilder.attemptOf;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.delivery.testing.AttemptBuilder;
import io.stockhook.delivery.testing.Topic;
import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.events.delivery.DeliveryAttempt.Request;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures of webhooks, counted from what is on the topic of attempts. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class FiguresTests {

    private static final String FIGURES = "/api/v1/deliveries/figures";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final String tenant = Ids.next(Ids.Kind.TENANT);
    private final String busy = Ids.next(Ids.Kind.WEBHOOK);
    private final String failing = Ids.next(Ids.Kind.WEBHOOK);
    private final String idle = Ids.next(Ids.Kind.WEBHOOK);

    @Test
    void eachWebhookHasItsOwnAndTheTenantTheirSum() {
        // Given
        record(
                at(busy, 30).duration(Duration.ofMillis(100)).build(),
                at(busy, 20).duration(Duration.ofMillis(300)).build(),
                at(busy, 10).outcome(0, Next.RETRY).errorClass("timeout").build(),
                at(failing, 40).outcome(500, Next.DEAD).build());

        // When
        ValidatableResponse figures = awaitTotal(4);

        // Then
        figures.body("items.webhook_id", contains(idle, busy, failing))
                .body("items[0].total_deliveries", equalTo(0))
                .body("items[0].success_rate", nullValue())
                .body("items[0].last_triggered", nullValue())
                .body("items[0].circuit.state", equalTo("closed"))
                .body("items[1].total_deliveries", equalTo(3))
                .body("items[1].successful_deliveries", equalTo(2))
                .body("items[1].failed_deliveries", equalTo(0))
                .body("items[1].pending_retry", equalTo(1))
                .body("items[1].success_rate", equalTo(100.0f))
                .body("items[1].avg_response_time", equalTo(200))
                .body("items[1].last_response_time", equalTo(300))
                .body("items[1].last_triggered", notNullValue())
                .body("items[2].failed_deliveries", equalTo(1))
                .body("items[2].success_rate", equalTo(0.0f))
                .body("summary.avg_success_rate", equalTo(50.0f));
    }

    @Test
    void anotherTenantsAreZeros() {
        // Given
        record(at(busy, 1).build());
        awaitTotal(1);

        // Then
        ask(Ids.next(Ids.Kind.TENANT), body(busy))
                .statusCode(200)
                .body("items[0].total_deliveries", equalTo(0))
                .body("items[0].last_triggered", nullValue())
                .body("summary.total_events", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"webhook_ids\": [\"wh_1\"]}", "{\"webhook_ids\": [null]}", "{\"webhook_ids\": \"\"}"})
    void whatIsNoListOfWebhooksIsNamed(String body) {
        ask(tenant, body).statusCode(400).contentType("application/problem+json");
    }

    @Test
    void moreThanTwoHundredAreRefused() {
        ask(tenant, "{\"webhook_ids\": [\"" + String.join("\",\"", Collections.nCopies(201, busy)) + "\"]}")
                .statusCode(400)
                .body("errors.field", contains("webhook_ids"));
    }

    @Test
    void anAttemptShowsWhatItsTimeWentInto() {
        // Given
        AttemptBuilder attempt = at(busy, 1);
        attempt.request(new Request("POST", Map.of(), 12, null, 12_400, 30_600));
        record(attempt.build());

        // Then
        await().atMost(SOON).untilAsserted(() -> given().auth()
                .oauth2(TestTokens.of(tenant, "viewer"))
                .get("/api/v1/deliveries/" + attempt.deliveryId())
                .then()
                .statusCode(200)
                .body("attempts[0].connect_time", equalTo(12))
                .body("attempts[0].time_to_first_byte", equalTo(31)));
    }

    private AttemptBuilder at(String webhook, long secondsAgo) {
        return attemptOf(tenant).endpoint(webhook).eventTime(NOW.minusSeconds(secondsAgo));
    }

    private static void record(DeliveryAttempt... attempts) {
        try (Topic topic = new Topic()) {
            topic.attempts(attempts);
        }
    }

    private ValidatableResponse awaitTotal(int deliveries) {
        String body = body(idle, busy, failing);
        await().atMost(SOON)
                .untilAsserted(
                        () -> ask(tenant, body).statusCode(200).body("summary.total_events", equalTo(deliveries)));
        return ask(tenant, body);
    }

    private static String body(String... webhooks) {
        return "{\"summary\": true, \"webhook_ids\": [\"" + String.join("\",\"", webhooks) + "\"]}";
    }

    private static ValidatableResponse ask(String caller, String body) {
        return given().auth()
                .oauth2(TestTokens.of(caller, "viewer"))
                .contentType("application/json")
                .body(body)
                .post(FIGURES)
                .then();
    }
}
