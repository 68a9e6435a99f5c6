package io.stockhook.subscription.integration;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.asAdmin;
import static io.stockhook.subscription.testing.Api.createTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.SecretBox;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.subscription.testing.DeliveryServiceDouble;
import io.stockhook.subscription.webhook.WebhookVerdicts;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
@QuarkusTestResource(DeliveryServiceDouble.class)
class IntegrationApiTests {

    private static final String INTEGRATIONS = "/api/v1/integrations";
    private static final String DELIVERIES = "/api/v1/deliveries";
    private static final String WEBHOOKS = "/api/v1/webhooks/";
    private static final String SLACK_URL =
            "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";
    private static final String SLACK = """
            {
              "webhook_url": "%s",
              "channel": "#orders",
              "notifications": {"order.created": true, "order.updated": true, "inventory.low_stock": false},
              "message_template": "New order {{order_id}} for ${{amount}} has been {{status}}"
            }""".formatted(SLACK_URL);
    private static final String PAGERDUTY = """
            {"routing_key": "0123456789abcdef0123456789abcdef",
             "notifications": {"product.out_of_stock": {"message_template": "{{name}} is out of stock"},
                               "product.back_in_stock": {"event_action": "resolve"}}}""";

    @Inject
    SecretBox secretBox;

    @Inject
    WebhookVerdicts verdicts;

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        DeliveryServiceDouble.reset();
        tenant = createTenant("Integrated");
    }

    @Test
    void theListShowsWhatThereIsWithFieldsForAForm() {
        // When
        var answer = as(tenant, Roles.VIEWER).get(INTEGRATIONS).then();

        // Then
        answer.statusCode(200)
                .body("total", equalTo(6))
                .body("items.name", contains("slack", "teams", "discord", "pagerduty", "zapier", "mailchimp"))
                .body("items.status", not(hasItem("connected")))
                .body("items[0].is_configured", equalTo(false))
                .body("items[0].config", nullValue())
                .body("items[0].config_fields.name", contains("webhook_url", "channel", "format"))
                .body("items[0].config_fields[0].type", equalTo("url"))
                .body("items[0].config_fields[0].secret", equalTo(true))
                .body("items[0].config_fields[2].options", contains("mrkdwn", "plain_text"))
                .body("categories.find { it.name == 'communication' }.integration_count", equalTo(3))
                .body("summary.configured", equalTo(0));
        as(tenant, Roles.VIEWER)
                .get(INTEGRATIONS + "/categories")
                .then()
                .statusCode(200)
                .body("name", hasItem("incident_management"));
        as(tenant, Roles.VIEWER).get(INTEGRATIONS + "/fax").then().statusCode(404);
    }

    @Test
    void aConfiguredIntegrationHasAWebhookThatItAloneChanges() {
        // When
        var answer = configure("slack", SLACK);

        // Then
        String webhook = answer.statusCode(200)
                .header("ETag", equalTo("\"1\""))
                .body("status", equalTo("connected"))
                .body("config.webhook_url", equalTo("***"))
                .body("config.channel", equalTo("#orders"))
                .body("config.notifications.'inventory.low_stock'", equalTo(false))
                .body("config.message_template", startsWith("New order"))
                .body("webhook_ids", hasSize(1))
                .extract()
                .path("webhook_ids[0]");
        as(tenant, Roles.VIEWER)
                .get(WEBHOOKS + webhook)
                .then()
                .statusCode(200)
                .body("managed_by", equalTo("slack"))
                .body("url", equalTo("https://hooks.slack.com/***"))
                .body("events", containsInAnyOrder("order.created", "order.updated"))
                .body("payload_format", equalTo("template"))
                .body("rate_limit.limit", equalTo(60));
        as(tenant, Roles.EDITOR)
                .body("{\"name\": \"mine\"}")
                .patch(WEBHOOKS + webhook)
                .then()
                .statusCode(409)
                .body("detail", containsString("POST /api/v1/integrations/slack/configure"));
        as(tenant, Roles.EDITOR)
                .body("{\"url\": \"https://hooks.example.com\", \"events\": [\"*\"]}")
                .put(WEBHOOKS + webhook)
                .then()
                .statusCode(409);
        as(tenant, Roles.EDITOR).delete(WEBHOOKS + webhook).then().statusCode(409);
        as(tenant, Roles.EDITOR)
                .post(WEBHOOKS + webhook + "/rotate-secret")
                .then()
                .statusCode(409);
    }

    @Test
    void itsWebhookCanBeDisabledAndIsEnabledByConfiguringAnew() {
        // Given
        String webhook = configure("slack", SLACK).extract().path("webhook_ids[0]");

        // When
        as(tenant, Roles.EDITOR).post(WEBHOOKS + webhook + "/disable").then().statusCode(200);

        // Then
        get("slack").body("status", equalTo("disabled")).body("config.is_active", equalTo(false));
        configure("slack", SLACK)
                .statusCode(200)
                .body("status", equalTo("connected"))
                .body("version", equalTo(2));
    }

    @Test
    void whatIsPublishedHoldsTheSecretsForDeliveryAlone() {
        // Given
        String slack = configure("slack", SLACK).statusCode(200).extract().path("webhook_ids[0]");
        List<String> pagerDuty =
                configure("pagerduty", PAGERDUTY).statusCode(200).extract().path("webhook_ids");

        // When
        EndpointRegistration toSlack = CompactedTopic.latest(Topics.ENDPOINTS, slack, EndpointRegistration.class);
        EndpointRegistration toPagerDuty =
                CompactedTopic.latest(Topics.ENDPOINTS, pagerDuty.get(0), EndpointRegistration.class);

        // Then
        assertThat(toSlack.url()).isEqualTo("https://hooks.slack.com/***");
        assertThat(open(Objects.requireNonNull(toSlack.sealed()).url(), slack)).isEqualTo(SLACK_URL);
        assertThat(toSlack.sealed().template()).isNull();
        assertThat(toPagerDuty.url()).isEqualTo("https://events.pagerduty.com/v2/enqueue");
        assertThat(toPagerDuty.template()).contains("\"routing_key\":\"***\"");
        assertThat(open(Objects.requireNonNull(toPagerDuty.sealed()).template(), pagerDuty.get(0)))
                .contains("\"routing_key\":\"0123456789abcdef0123456789abcdef\"");
        assertThat(CompactedTopic.records(Topics.ENDPOINTS))
                .noneMatch(found -> found.value() != null
                        && new String(found.value(), StandardCharsets.UTF_8)
                                .contains("0123456789abcdef0123456789abcdef"));
    }

    @Test
    void mailchimpAuthenticatesWithTheKeyAtItsDataCenter() {
        // When
        String webhook = configure("mailchimp", """
                        {"api_key": "0123456789abcdef0123456789abcdef-us6", "list_id": "a1b2c3d4e5",
                         "notifications": {"customer.created": true}}""").statusCode(200).extract().path("webhook_ids[0]");

        // Then
        as(tenant, Roles.VIEWER)
                .get(WEBHOOKS + webhook)
                .then()
                .body("url", equalTo("https://us6.api.mailchimp.com/3.0/lists/a1b2c3d4e5"))
                .body("auth.type", equalTo("basic"))
                .body("auth.password", equalTo("***"));
    }

    @Test
    void eachMessageHasItsWebhookAndOneThatIsNotWantedAnyMoreIsWithdrawn() {
        // Given
        String first = configure("slack", SLACK).extract().path("webhook_ids[0]");

        // When
        List<String> two = configure("slack", """
                        {"webhook_url": "***",
                         "notifications": {"order.created": true, "product.created": {"message_template": "{{name}}"}}}""")
                .statusCode(200)
                .body("config.webhook_url", equalTo("***"))
                .body("config.notifications.'product.created'.message_template", equalTo("{{name}}"))
                .extract()
                .path("webhook_ids");

        // Then
        assertThat(two).hasSize(2).contains(first);
        String second = two.get(1);
        EndpointRegistration registration = CompactedTopic.latest(Topics.ENDPOINTS, second, EndpointRegistration.class);
        assertThat(registration.events()).containsExactly("product.created");
        assertThat(registration.template()).isEqualTo("{\"text\":\"{{name}}\"}");
        assertThat(open(Objects.requireNonNull(registration.sealed()).url(), second))
                .isEqualTo(SLACK_URL);

        // When
        configure("slack", "{\"notifications\": {\"product.created\": true}}")
                .statusCode(200)
                .body("webhook_ids", contains(second));

        // Then
        assertThat(CompactedTopic.isDeleted(Topics.ENDPOINTS, first)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slack | {} | webhook_url",
                "slack | {\"webhook_url\": \"https://example.com/x\", \"notifications\": {\"*\": true}} | webhook_url",
                "slack | {\"webhook_url\": \"***\", \"notifications\": {\"*\": true}} | webhook_url",
                "slack | {\"colour\": \"red\"} | colour",
                "zapier | {\"webhook_url\": \"https://hooks.zapier.com/hooks/catch/1/a/\", \"notifications\": {\"*\": true}, \"message_template\": \"{{name}} x\"} | message_template"
            })
    void whatIsWrongIsAnsweredWithItsField(String name, String body, String field) {
        configure(name, body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", hasItem(field));
        get(name).body("is_configured", equalTo(false));
    }

    @Test
    void aBodyThatIsNoObjectIsRefused() {
        configure("slack", "[]").statusCode(400).body("detail", containsString("JSON object"));
    }

    @Test
    void aPreviewIsTheBodyAsItWouldBeSentAndNeedsNothingConfigured() {
        // When
        var answer = as(tenant, Roles.VIEWER)
                .body("""
                        {"event": "order.created", "payload": {"order_id": "ORD-\\"1\\"", "amount": 150.00},
                         "config": {"message_template": "Order {{order_id}} for {{amount}}"}}""")
                .post(INTEGRATIONS + "/slack/preview")
                .then();

        // Then
        answer.statusCode(200)
                .body("body", equalTo("{\"text\":\"Order ORD-\\\"1\\\" for 150.00\"}"))
                .body("is_wanted", equalTo(false))
                .body("warnings", empty());
        as(tenant, Roles.VIEWER)
                .body("{\"config\": {\"message_template\": \"{{#a}}\"}}")
                .post(INTEGRATIONS + "/slack/preview")
                .then()
                .statusCode(400)
                .body("errors.field", contains("config.message_template"));
    }

    @Test
    void aPreviewOfWhatIsConfiguredShowsNoSecretAndWarnsOfWhatIsTooLong() {
        // Given
        configure("pagerduty", PAGERDUTY);

        // When
        var answer = as(tenant, Roles.VIEWER)
                .body("{\"event\": \"product.out_of_stock\", \"payload\": {\"name\": \"%s\"}}"
                        .formatted("x".repeat(1_100)))
                .post(INTEGRATIONS + "/pagerduty/preview")
                .then();

        // Then
        answer.statusCode(200)
                .body("url", equalTo("https://events.pagerduty.com/v2/enqueue"))
                .body("body", containsString("\"routing_key\":\"***\""))
                .body("is_wanted", equalTo(true))
                .body("warnings", hasSize(1))
                .body("warnings[0]", containsString("1024"));
    }

    @Test
    void aTestIsSentByTheDispatcherAndItsAnswerExplained() {
        // Given
        String webhook = configure("slack", SLACK).extract().path("webhook_ids[0]");
        DeliveryServiceDouble.answers(DELIVERIES + "/test", 200, """
                {"test_result": {"status": "failed", "webhook_id": "%s", "response_code": 404, "response_time": 120,
                 "response_body": "no_service", "body_sent": "{\\"text\\":\\"%s\\"}", "error": "http_404",
                 "error_message": "The endpoint answered 404.", "timestamp": "2026-01-15T10:40:00Z", "later": 1}}""".formatted(webhook, SLACK_URL));

        // When
        var answer = test("slack", "{\"event\": \"order.created\", \"payload\": {\"order_id\": \"ORD-123\"}}");

        // Then
        answer.statusCode(200)
                .body("test_result.status", equalTo("failed"))
                .body("test_result.message", containsString("removed or disabled in Slack"))
                .body("test_result.response_time", equalTo(120))
                .body("test_result.body_sent", equalTo("{\"text\":\"https://hooks.slack.com/***\"}"))
                .body("test_result.webhook_id", equalTo(webhook));
        assertThat(DeliveryServiceDouble.asked(DELIVERIES + "/test"))
                .singleElement()
                .extracting(DeliveryServiceDouble.Asked::body)
                .asString()
                .contains("\"webhook_id\":\"" + webhook, "\"version\":1", "\"event\":\"order.created\"", "ORD-123");
    }

    @Test
    void aTestThatIsTakenIsASuccess() {
        // Given
        configure("slack", SLACK);
        DeliveryServiceDouble.answers(DELIVERIES + "/test", 200, """
                {"test_result": {"status": "success", "response_code": 200, "response_time": 80, "response_body": "ok",
                 "timestamp": "2026-01-15T10:40:00Z"}}""");

        // Then
        test("slack", "")
                .statusCode(200)
                .body("test_result.status", equalTo("success"))
                .body("test_result.event", equalTo("order.created"))
                .body("test_result.message", equalTo("Slack took it."));
    }

    @Test
    void aTestNeedsAConfigurationAnEventOfItAndDeliveryService() {
        test("slack", "").statusCode(409).body("detail", containsString("/slack/configure"));
        configure("slack", SLACK);
        test("slack", "{\"event\": \"product.created\"}").statusCode(400).body("errors.field", contains("event"));
        test("slack", "{\"event\": \"nonsense\"}").statusCode(400).body("errors.field", contains("event"));
        test("slack", "{\"config\": {}}").statusCode(400).body("errors.field", contains("config"));
        test("slack", "").statusCode(503).header("Retry-After", "5").body("detail", containsString("delivery-service"));
        DeliveryServiceDouble.answers(DELIVERIES + "/test", 403, "{}");
        test("slack", "").statusCode(403);
    }

    @Test
    void theStatusHasFiguresAndTheNewestActivity() {
        // Given
        String webhook = configure("slack", SLACK).extract().path("webhook_ids[0]");
        DeliveryServiceDouble.answers(DELIVERIES + "/figures", 200, """
                {"items": [{"webhook_id": "%s", "successful_deliveries": 25, "failed_deliveries": 2, "pending_retry": 0,
                 "last_triggered": "2026-01-15T10:30:00Z"}], "summary": null}""".formatted(webhook));
        DeliveryServiceDouble.answers(DELIVERIES + "/logs", 200, """
                {"items": [
                  {"id": "dlv_1", "event": "order.created", "status": "success", "reason": "delivered", "response_code": 200,
                   "response_time": 80, "timestamp": "2026-01-15T10:25:00Z", "response_body": "ok", "payload": "{}"},
                  {"id": "dlv_2", "event": "order.updated", "status": "failed", "reason": "not_retryable", "response_code": 403,
                   "response_time": 80, "timestamp": "2026-01-15T10:30:00Z", "response_body": "invalid_token"},
                  {"id": "dlv_3", "event": "order.updated", "status": "failed", "reason": "timeout", "response_code": null,
                   "response_time": 80, "timestamp": "2026-01-15T10:20:00Z", "error_message": "no complete response"}],
                 "next": null}""");

        // When
        var answer = status("slack");

        // Then
        answer.statusCode(200)
                .body("status", equalTo("connected"))
                .body("figures", equalTo("available"))
                .body("sync_count", equalTo(25))
                .body("error_count", equalTo(2))
                .body("success_rate", equalTo(92.6f))
                .body("last_sync", equalTo("2026-01-15T10:30:00Z"))
                .body("config.webhook_url", equalTo("***"))
                .body("recent_activity.delivery_id", contains("dlv_2", "dlv_1", "dlv_3"))
                .body("recent_activity[0].message", containsString("webhook_url"))
                .body("recent_activity[1].message", equalTo("Slack took it."))
                .body("recent_activity[2].message", equalTo("no complete response"));
    }

    @Test
    void theStatusIsToldWithoutFiguresWhileDeliveryServiceIsAway() {
        // Given
        configure("slack", SLACK);

        // Then
        status("slack")
                .statusCode(200)
                .body("status", equalTo("connected"))
                .body("figures", equalTo("unavailable"))
                .body("sync_count", nullValue())
                .body("recent_activity", empty());
        status("discord").statusCode(200).body("status", equalTo("available")).body("sync_count", equalTo(0));
    }

    @Test
    void aProviderThatWantsNoMoreMakesItAnErrorUntilItIsConfiguredAnew() {
        // Given
        String webhook = configure("slack", SLACK).extract().path("webhook_ids[0]");
        Instant now = Instant.now();

        // When
        TenantScope.as(
                tenant,
                () -> verdicts.apply(
                        new EndpointVerdict(webhook, tenant, 1, 1, EndpointVerdict.GONE, 1, now, "http_410", now)));

        // Then
        get("slack").body("status", equalTo("error")).body("disabled_reason", containsString("410"));
        as(tenant, Roles.VIEWER).get(INTEGRATIONS).then().body("summary.error", equalTo(1));
        configure("slack", SLACK).body("status", equalTo("connected")).body("disabled_reason", nullValue());
    }

    @Test
    void deletingItWithdrawsItsWebhooks() {
        // Given
        String webhook = configure("slack", SLACK).extract().path("webhook_ids[0]");

        // When
        as(tenant, Roles.EDITOR).delete(INTEGRATIONS + "/slack").then().statusCode(204);

        // Then
        assertThat(CompactedTopic.isDeleted(Topics.ENDPOINTS, webhook)).isTrue();
        get("slack").body("status", equalTo("available")).body("webhook_ids", empty());
        as(tenant, Roles.EDITOR).delete(INTEGRATIONS + "/slack").then().statusCode(404);
        as(tenant, Roles.VIEWER).get(WEBHOOKS + webhook).then().statusCode(404);
    }

    @Test
    void aLostRaceIsSaidSo() {
        configure("slack", SLACK);
        as(tenant, Roles.EDITOR)
                .header("If-Match", "\"7\"")
                .body(SLACK)
                .post(INTEGRATIONS + "/slack/configure")
                .then()
                .statusCode(412);
        as(tenant, Roles.EDITOR)
                .header("If-Match", "\"7\"")
                .delete(INTEGRATIONS + "/slack")
                .then()
                .statusCode(412);
    }

    @Test
    void anotherTenantSeesAndChangesItsOwnOnly() {
        // Given
        String webhook = configure("slack", SLACK).extract().path("webhook_ids[0]");
        String other = createTenant("Other");

        // Then
        as(other, Roles.VIEWER)
                .get(INTEGRATIONS + "/slack")
                .then()
                .body("is_configured", equalTo(false))
                .body("webhook_ids", empty());
        as(other, Roles.EDITOR).delete(INTEGRATIONS + "/slack").then().statusCode(404);
        as(other, Roles.EDITOR)
                .body("{\"webhook_url\": \"***\", \"notifications\": {\"*\": true}}")
                .post(INTEGRATIONS + "/slack/configure")
                .then()
                .statusCode(400);
        as(other, Roles.EDITOR)
                .body(SLACK)
                .post(INTEGRATIONS + "/slack/configure")
                .then()
                .statusCode(200);
        as(other, Roles.EDITOR).delete(INTEGRATIONS + "/slack").then().statusCode(204);
        get("slack").body("webhook_ids", contains(webhook)).body("created_at", notNullValue());
        as(tenant, Roles.VIEWER)
                .body(SLACK)
                .post(INTEGRATIONS + "/slack/configure")
                .then()
                .statusCode(403);
    }

    @Test
    void integrationsGoWithTheirTenant() {
        // Given
        String webhook = configure("slack", SLACK).extract().path("webhook_ids[0]");

        // When
        asAdmin().delete("/api/v1/tenants/" + tenant).then().statusCode(204);

        // Then
        assertThat(CompactedTopic.isDeleted(Topics.ENDPOINTS, webhook)).isTrue();
    }

    private ValidatableResponse configure(String name, String body) {
        return as(tenant, Roles.EDITOR)
                .body(body)
                .post(INTEGRATIONS + '/' + name + "/configure")
                .then();
    }

    private ValidatableResponse get(String name) {
        return as(tenant, Roles.VIEWER).get(INTEGRATIONS + '/' + name).then().statusCode(200);
    }

    private ValidatableResponse test(String name, String body) {
        return as(tenant, Roles.EDITOR)
                .body(body)
                .post(INTEGRATIONS + '/' + name + "/test")
                .then();
    }

    private ValidatableResponse status(String name) {
        return as(tenant, Roles.VIEWER)
                .get(INTEGRATIONS + '/' + name + "/status")
                .then();
    }

    private String open(@Nullable String encrypted, String webhook) {
        return secretBox.decryptText(Objects.requireNonNull(encrypted), EndpointRegistration.secretOwner(webhook));
    }
}
