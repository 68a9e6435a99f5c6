package io.stockhook.subscription.webhook;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.DeliveryServiceDouble;
import io.stockhook.web.auth.Roles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a webhook shows of its deliveries, with delivery-service answering as told. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
@QuarkusTestResource(DeliveryServiceDouble.class)
class WebhookDeliveriesTests {

    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String DELIVERIES = "/api/v1/deliveries";
    private static final String FIGURES = "/api/v1/deliveries/figures";
    private static final String TEST = "/api/v1/deliveries/test";
    private static final String RESULT = "{\"test_result\": {\"status\": \"success\", \"response_code\": 200}}";

    private String tenant = "";
    private String webhook = "";

    @BeforeEach
    void aWebhook() {
        DeliveryServiceDouble.reset();
        tenant = createTenant("Figures");
        webhook = createWebhook(
                tenant, "{\"url\": \"https://hooks.example.com/in\", \"events\": [\"order.*\", \"order.created\"]}");
    }

    @Test
    void oneWebhookShowsItsFigures() {
        // Given
        figuresAre("null");

        // When
        ValidatableResponse shown = get(WEBHOOKS + "/" + webhook);

        // Then
        shown.statusCode(200)
                .header("ETag", notNullValue())
                .body("id", equalTo(webhook))
                .body("figures", equalTo("available"))
                .body("last_triggered", equalTo("2026-01-15T10:35:00Z"))
                .body("success_count", equalTo(25))
                .body("failure_count", equalTo(2))
                .body("success_rate", equalTo(92.6f))
                .body("delivery_stats.total_deliveries", equalTo(27))
                .body("delivery_stats.successful_deliveries", equalTo(25))
                .body("delivery_stats.failed_deliveries", equalTo(2))
                .body("delivery_stats.avg_response_time", equalTo(250))
                .body("delivery_stats.last_response_time", equalTo(180))
                .body("requests.this_hour", equalTo(12))
                .body("circuit.state", equalTo("open"))
                .body("circuit.since", equalTo("2026-01-15T10:34:00Z"));
        assertThat(DeliveryServiceDouble.asked(FIGURES)).singleElement().satisfies(asked -> {
            assertThat(asked.authorization()).startsWith("Bearer ");
            assertThat(asked.body()).contains(webhook);
        });
    }

    @Test
    void listShowsThemInOneCallWithASummary() {
        // Given
        String other = createWebhook(tenant, "{\"url\": \"https://hooks.example.com/2\", \"events\": [\"*\"]}");
        figuresAre("{\"total_events\": 150, \"avg_success_rate\": 96.3}");

        // When
        ValidatableResponse list = get(WEBHOOKS);

        // Then
        list.statusCode(200)
                .body("items.id", contains(webhook, other))
                .body("items[0].success_count", equalTo(25))
                .body("items[0].avg_response_time", equalTo(250))
                .body("items[1].figures", equalTo("unavailable"))
                .body("figures", equalTo("available"))
                .body("summary.total_webhooks", equalTo(2))
                .body("summary.active_webhooks", equalTo(2))
                .body("summary.total_events", equalTo(150))
                .body("summary.avg_success_rate", equalTo(96.3f));
        assertThat(DeliveryServiceDouble.asked(FIGURES)).hasSize(1);
    }

    @Test
    void summaryThatCannotBeToldInTimeIsLeftOut() {
        // Given
        figuresAre("null");

        // Then
        get(WEBHOOKS)
                .body("figures", equalTo("available"))
                .body("summary.total_webhooks", equalTo(1))
                .body("summary.total_events", nullValue());
    }

    @Test
    void figuresThatDoNotComeWithinASecondAreLeftOut() {
        // Given
        figuresAre("null");
        DeliveryServiceDouble.hesitates(FIGURES, Duration.ofSeconds(5));

        // When
        ValidatableResponse list = get(WEBHOOKS);

        // Then
        list.statusCode(200)
                .time(lessThan(3_000L))
                .body("items.id", contains(webhook))
                .body("items[0].success_count", nullValue())
                .body("items[0].delivery_stats", nullValue())
                .body("figures", equalTo("unavailable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{}", "{\"items\": 3}"})
    void figuresThatMakeNoSenseAreLeftOut(String body) {
        // Given
        DeliveryServiceDouble.answers(FIGURES, 200, body);

        // Then
        get(WEBHOOKS + "/" + webhook).statusCode(200).body("figures", equalTo("unavailable"));
    }

    @Test
    void deliveriesAreThoseOfTheWebhookAndThePageLinksToItsOwnNext() {
        // Given
        DeliveryServiceDouble.answers(
                DELIVERIES,
                200,
                "{\"items\": [{\"id\": \"dlv_1\"}], \"next\": \"YWJj\", \"total\": 3}",
                Map.of("Link", "</api/v1/deliveries?webhook_id=x&limit=1&cursor=YWJj>; rel=\"next\""));

        // When
        ValidatableResponse page =
                get(WEBHOOKS + "/" + webhook + "/deliveries?limit=1&status=failed&event=order.created");

        // Then
        page.statusCode(200)
                .contentType("application/json")
                .body("items", hasSize(1))
                .body("total", equalTo(3))
                .header(
                        "Link",
                        equalTo("</api/v1/webhooks/" + webhook
                                + "/deliveries?limit=1&status=failed&event=order.created&cursor=YWJj>; rel=\"next\""));
        assertThat(DeliveryServiceDouble.asked(DELIVERIES)).singleElement().satisfies(asked -> assertThat(
                        List.of(asked.query().split("&")))
                .containsExactlyInAnyOrder("webhook_id=" + webhook, "limit=1", "status=failed", "event=order.created"));
    }

    @Test
    void logsAndStatsAreThoseOfTheWebhook() {
        // Given
        DeliveryServiceDouble.answers(DELIVERIES + "/logs", 200, "{\"items\": [], \"summary\": {\"failed\": 8}}");
        DeliveryServiceDouble.answers(DELIVERIES + "/stats", 200, "{\"summary\": {\"total_retries\": 12}}");

        // Then
        get(WEBHOOKS + "/" + webhook + "/logs?start_date=2026-01-01&end_date=2026-02-01&cursor=YWJj")
                .statusCode(200)
                .body("summary.failed", equalTo(8));
        get(WEBHOOKS + "/" + webhook + "/stats?group_by=week")
                .statusCode(200)
                .body("summary.total_retries", equalTo(12));
        assertThat(DeliveryServiceDouble.asked(DELIVERIES + "/logs").get(0).query())
                .contains("start_date=2026-01-01", "end_date=2026-02-01", "cursor=YWJj", "limit=50");
        assertThat(DeliveryServiceDouble.asked(DELIVERIES + "/stats").get(0).query())
                .contains("group_by=week", "webhook_id=" + webhook);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliveries", "logs", "stats"})
    void whatDeliveryServiceHasAgainstARequestIsPassedOn(String what) {
        // Given
        String problem =
                "{\"status\": 400, \"errors\": [{\"field\": \"start_date\", \"message\": \"Must be a date.\"}]}";
        DeliveryServiceDouble.answers(DELIVERIES + (what.equals("deliveries") ? "" : "/" + what), 400, problem);

        // Then
        get(WEBHOOKS + "/" + webhook + "/" + what + "?start_date=x")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", contains("start_date"));
    }

    @Test
    void deliveryServiceThatFailsIsSaidSo() {
        // Given
        DeliveryServiceDouble.answers(DELIVERIES, 500, "{\"detail\": \"of its own\"}");

        // Then
        get(WEBHOOKS + "/" + webhook + "/deliveries")
                .statusCode(503)
                .header("Retry-After", equalTo("5"))
                .body("detail", containsString("cannot answer now"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliveries", "logs", "stats"})
    void deliveryServiceThatIsAwayIsSaidSo(String what) {
        get(WEBHOOKS + "/" + webhook + "/" + what)
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("5"))
                .body("detail", containsString("delivery-service"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliveries", "logs", "stats"})
    void webhookOfAnotherTenantIsNotThere(String what) {
        as(createTenant("Other"), Roles.OWNER)
                .get(WEBHOOKS + "/" + webhook + "/" + what)
                .then()
                .statusCode(404);
        assertThat(DeliveryServiceDouble.asked(DELIVERIES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "deliveries, statuss=failed, statuss",
        "logs, limit=0, limit",
        "logs, offset=1, cursor",
        "stats, limit=1, limit"
    })
    void parameterThatThereIsNotIsNamed(String what, String query, String field) {
        get(WEBHOOKS + "/" + webhook + "/" + what + "?" + query).statusCode(400).body("errors.field", contains(field));
    }

    @Test
    void testSendsWhatWasAskedForAndShowsTheResult() {
        // Given
        DeliveryServiceDouble.answers(TEST, 200, RESULT);

        // When
        ValidatableResponse result =
                test("{\"event\": \"order.created\", \"payload\": {\"order_id\": \"ORD-123\", \"amount\": 150.00}}");

        // Then
        result.statusCode(200).body("test_result.status", equalTo("success"));
        assertThat(DeliveryServiceDouble.asked(TEST))
                .singleElement()
                .extracting(DeliveryServiceDouble.Asked::body)
                .asString()
                .contains(
                        "\"webhook_id\":\"" + webhook + "\"",
                        "\"event\":\"order.created\"",
                        "\"version\":1",
                        "{\"order_id\":\"ORD-123\",\"amount\":150.00}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"payload\": null}", "{\"event_type\": \"order.created\"}"})
    void testWithoutMoreSendsASampleOfATypeThatTheWebhookGets(String body) {
        // Given
        DeliveryServiceDouble.answers(TEST, 200, RESULT);

        // When
        test(body).statusCode(200);

        // Then
        assertThat(DeliveryServiceDouble.asked(TEST).get(0).body())
                .contains("\"event\":\"order.created\"", "\"order_id\":\"ORD-123\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"event\": \"order\"} | event",
                "{\"event_type\": \"order\"} | event_type",
                "{\"event\": \"order.created\", \"event_type\": \"order.paid\"} | event",
                "{\"evnt\": \"order.created\"} | evnt"
            })
    void testOfNoEventTypeIsRefused(String body, String field) {
        test(body).statusCode(400).body("errors.field", contains(field));
    }

    @Test
    void tooManyTestsAreSaidSo() {
        // Given
        DeliveryServiceDouble.answers(TEST, 429, "{\"status\": 429}", Map.of("Retry-After", "2"));

        // Then
        test("").statusCode(429).header("Retry-After", equalTo("2"));
    }

    @Test
    void onlyEditorsTry() {
        as(tenant, Roles.VIEWER).post(WEBHOOKS + "/" + webhook + "/test").then().statusCode(403);
    }

    private void figuresAre(String summary) {
        DeliveryServiceDouble.answers(FIGURES, 200, """
                {"items": [{"webhook_id": "%s", "total_deliveries": 27, "successful_deliveries": 25,
                  "failed_deliveries": 2, "pending_retry": 0, "success_rate": 92.6, "avg_response_time": 250,
                  "last_response_time": 180, "last_triggered": "2026-01-15T10:35:00Z", "requests_this_hour": 12,
                  "requests_last_hour": 40, "something_new": 1,
                  "circuit": {"state": "open", "since": "2026-01-15T10:34:00Z", "next_probe": null}}],
                 "summary": %s}""".formatted(webhook, summary));
    }

    private ValidatableResponse get(String path) {
        return as(tenant, Roles.VIEWER).get(path).then();
    }

    private ValidatableResponse test(String body) {
        return as(tenant, Roles.EDITOR)
                .body(body)
                .post(WEBHOOKS + "/" + webhook + "/test")
                .then();
    }
}
