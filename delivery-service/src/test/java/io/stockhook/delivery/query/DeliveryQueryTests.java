package io.stockhook.delivery.query;

import static io.restassured.RestAssured.given;
import static io.stockhook.delivery.testing.AttemptBuilder.attemptOf;
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
import io.stockhook.delivery.eventtype.EventTypeFeed;
import io.stockhook.delivery.testing.AttemptBuilder;
import io.stockhook.delivery.testing.Topic;
import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class DeliveryQueryTests {

    private static final Instant TODAY =
            LocalDate.now(ZoneOffset.UTC).atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final String DELIVERIES = "/api/v1/deliveries";

    @Inject
    EventTypeFeed types;

    private final String tenant = Ids.next(Ids.Kind.TENANT);
    private final String webhook = Ids.next(Ids.Kind.WEBHOOK);

    private String delivered = "";
    private String retrying = "";
    private String dead = "";
    private String held = "";
    private String yesterdays = "";

    @BeforeEach
    void record() {
        AttemptBuilder first = at(5).endpoint(webhook);
        AttemptBuilder second = at(4).outcome(503, Next.RETRY);
        AttemptBuilder third = at(3).outcome(404, Next.DEAD).eventType("inventory.low_stock");
        AttemptBuilder fourth = at(2).outcome(0, Next.HELD);
        AttemptBuilder fifth = at(1).eventTime(TODAY.minus(1, ChronoUnit.HOURS));
        delivered = first.deliveryId();
        retrying = second.deliveryId();
        dead = third.deliveryId();
        held = fourth.deliveryId();
        yesterdays = fifth.deliveryId();
        try (Topic topic = new Topic()) {
            topic.attempts(first.build(), second.build(), third.build(), fourth.build(), fifth.build());
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ids(DELIVERIES)).hasSize(5));
    }

    @Test
    void theNewestEventComesFirst() {
        assertThat(ids(DELIVERIES)).containsExactly(delivered, retrying, dead, held, yesterdays);
    }

    @Test
    void pagesFollowOneAnotherAcrossDaysWithoutGapOrRepetition() {
        List<String> seen = new ArrayList<>();
        String path = DELIVERIES + "?limit=2";
        String cursor = "";
        while (cursor != null) {
            ValidatableResponse page = get(cursor.isEmpty() ? path : path + "&cursor=" + cursor);
            seen.addAll(page.extract().path("items.id"));
            cursor = page.extract().path("next");
        }

        assertThat(seen).containsExactly(delivered, retrying, dead, held, yesterdays);
    }

    @Test
    void aWebhooksDeliveriesAreFound() {
        assertThat(ids(DELIVERIES + "?webhook_id=" + webhook)).containsExactly(delivered);
    }

    @Test
    void anEventTypesDeliveriesAreFound() {
        assertThat(ids(DELIVERIES + "?event_type=inventory.low_stock")).containsExactly(dead);
    }

    @Test
    void anAliasFindsTheTypeItStandsFor() {
        // Given
        knowTheAlias();

        // Then
        assertThat(ids(DELIVERIES + "?event_type=catalog.product.updated"))
                .containsExactly(delivered, retrying, held, yesterdays);
    }

    private void knowTheAlias() {
        try (Topic topic = new Topic()) {
            topic.eventType("product.updated", "catalog.product.updated");
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> types.names().canonical("catalog.product.updated").equals("product.updated"));
    }

    @Test
    void deliveriesAreFoundByStatus() {
        assertThat(ids(DELIVERIES + "?status=retrying")).containsExactly(retrying);
        assertThat(ids(DELIVERIES + "?status=held")).containsExactly(held);
        assertThat(ids(DELIVERIES + "?status=dropped")).isEmpty();
    }

    @Test
    void deliveriesAreFoundByResponseClass() {
        assertThat(ids(DELIVERIES + "?response_class=2xx")).containsExactly(delivered, yesterdays);
        assertThat(ids(DELIVERIES + "?response_class=3xx")).isEmpty();
        assertThat(ids(DELIVERIES + "?response_class=4xx")).containsExactly(dead);
        assertThat(ids(DELIVERIES + "?response_class=5xx")).containsExactly(retrying);
        assertThat(ids(DELIVERIES + "?response_class=none")).containsExactly(held);
    }

    @Test
    void successAndFailedAreSpellingsOfStates() {
        assertThat(ids(DELIVERIES + "?status=success")).containsExactly(delivered, yesterdays);
        assertThat(ids(DELIVERIES + "?status=failed")).containsExactly(retrying, dead);
    }

    @Test
    void eventIsAnotherSpellingOfEventType() {
        // Given
        knowTheAlias();

        // Then
        assertThat(ids(DELIVERIES + "?event=inventory.low_stock")).containsExactly(dead);
        assertThat(ids(DELIVERIES + "?event=product.updated&event_type=catalog.product.updated"))
                .containsExactly(delivered, retrying, held, yesterdays);
    }

    @Test
    void theFirstPageSaysHowManyThereAreAndHowTheyStand() {
        get(DELIVERIES)
                .body("total", equalTo(5))
                .body("summary.successful", equalTo(2))
                .body("summary.failed", equalTo(1))
                .body("summary.pending_retry", equalTo(1));
        get(DELIVERIES + "?status=failed").body("total", equalTo(2)).body("summary.successful", equalTo(2));
        get(DELIVERIES + "?webhook_id=" + webhook)
                .body("total", equalTo(1))
                .body("summary.successful", equalTo(1))
                .body("summary.failed", equalTo(0));
        get(DELIVERIES + "?response_class=5xx").body("total", equalTo(1));
    }

    @Test
    void laterPagesLeaveThatOut() {
        // Given
        String next = get(DELIVERIES + "?limit=2").extract().path("next");

        // Then
        get(DELIVERIES + "?limit=2&cursor=" + next).body("total", nullValue()).body("summary", nullValue());
    }

    @Test
    void whatTheLogDoesNotReachBackToCountsForNothing() {
        get(DELIVERIES + "?end_date=2020-01-01").body("total", equalTo(0)).body("summary.successful", equalTo(0));
    }

    @Test
    void aLogShowsWhatWasAnswered() {
        get(DELIVERIES + "/logs")
                .body("items.id", contains(delivered, retrying, dead, held, yesterdays))
                .body("items.status", contains("success", "failed", "failed", "held", "success"))
                .body("items[0].event", equalTo("product.updated"))
                .body("items[0].response_body", equalTo("ok"))
                .body("items[0].response_code", equalTo(200))
                .body("items[0].retry_count", equalTo(0))
                .body("items[1].next_retry", notNullValue())
                .body("items[1].error_message", equalTo("The endpoint answered 503."))
                .body("items[3].response_body", nullValue())
                .body("items[3].payload", nullValue())
                .body("total", equalTo(5));
    }

    @Test
    void aDateAsTheEndIncludesThatDay() {
        LocalDate yesterday = LocalDate.ofInstant(TODAY, ZoneOffset.UTC).minusDays(1);

        assertThat(ids(DELIVERIES + "?start_date=" + yesterday + "&end_date=" + yesterday))
                .containsExactly(yesterdays);
    }

    @Test
    void aTimeAsTheStartIncludesItsMillisecondAndAsTheEndDoesNot() {
        Instant time = TODAY.plusMillis(4);

        assertThat(ids(DELIVERIES + "?start_date=" + time)).containsExactly(delivered, retrying);
        assertThat(ids(DELIVERIES + "?end_date=" + time)).containsExactly(dead, held, yesterdays);
    }

    @Test
    void failedShowsWhatIsTriedAgainAndWhatIsDead() {
        assertThat(ids(DELIVERIES + "/failed")).containsExactly(retrying, dead);
        assertThat(ids(DELIVERIES + "/failed?response_class=4xx")).containsExactly(dead);
    }

    @ParameterizedTest
    @CsvSource({
        "status=lost, status",
        "event=%00, event",
        "event=order.created&event_type=order.paid, event",
        "response_class=6xx, response_class",
        "start_date=yesterday, start_date",
        "end_date=2026-02-30, end_date",
        "statuss=dead, statuss",
        "limit=0, limit",
        "cursor=abc, cursor",
        "offset=10, cursor",
        "webhook_id=%00, webhook_id",
        "webhook_id=wh_1, webhook_id",
        "event_type=%00, event_type",
        "start_date=%2B10000-01-01T00:00:00Z, start_date",
        "end_date=%2B999999-01-01, end_date",
        "start_date=2026-01-31T12:00, start_date"
    })
    void aParameterThatDoesNotFitIsNamed(String query, String field) {
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(token())
                .get(DELIVERIES + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource({"deliveries/dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90", "deliveries/nonsense", "dead-letters/nonsense"})
    void whatDoesNotExistIsNotFound(String path) {
        given().auth()
                .oauth2(token())
                .get("/api/v1/" + path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void thoseWithoutARoleOrATokenSeeNothing() {
        given().get(DELIVERIES).then().statusCode(401);
        given().auth()
                .oauth2(TestTokens.of(tenant, "publisher"))
                .get(DELIVERIES)
                .then()
                .statusCode(403);
        given().get("/api/v1/dead-letters").then().statusCode(401);
    }

    @Test
    void theApiIsDescribedInSnakeCaseWithExamples() {
        given().get("/docs/delivery/openapi?format=json")
                .then()
                .statusCode(200)
                .body(containsString("\"next_retry\""))
                .body("paths.'/api/v1/deliveries/{id}'.get.operationId", equalTo("getDelivery"));
    }

    private AttemptBuilder at(long millisOfToday) {
        return attemptOf(tenant).eventTime(TODAY.plusMillis(millisOfToday));
    }

    private List<String> ids(String path) {
        return get(path).extract().path("items.id");
    }

    private ValidatableResponse get(String path) {
        return given().auth().oauth2(token()).get(path).then().statusCode(200);
    }

    private String token() {
        return TestTokens.of(tenant, "viewer");
    }
}
