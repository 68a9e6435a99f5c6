package io.stockhook.subscription.settings;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.asAdmin;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static io.stockhook.subscription.testing.Api.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.TenantRecord;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class SettingsApiTests {

    private static final String SETTINGS = "/api/v1/settings";
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String SMALLEST = """
            {"url": "https://hooks.example.com/in", "events": ["product.*"]}""";

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Settled");
    }

    @Test
    void aTenantThatHasSetNothingHasThePlatformsDefaults() {
        // When
        var answer = as(tenant, Roles.VIEWER).get(SETTINGS).then();

        // Then
        answer.statusCode(200)
                .header("ETag", "\"1\"")
                .body("tenant_id", equalTo(tenant))
                .body("preferences.timeout", nullValue())
                .body("effective.timeout", equalTo(10_000))
                .body("effective.payload_format", equalTo("standard"))
                .body("effective.header_prefix", equalTo("X-Webhook-"))
                .body("inherited.timeout", equalTo("platform"))
                .body("retention_days", nullValue())
                .body("allowed_cidrs", empty());
    }

    @Test
    void whatATenantSetsHoldsForItsWebhooksAndNamesItself() {
        // Given
        String before = createWebhook(tenant, SMALLEST);

        // When
        var answer = put("""
                {"preferences": {"timeout": 3000, "payload_format": "classic", "retry_config": {"max_retries": 2},
                                 "rate_limit": {"limit": 10, "per": "second"}, "debug_mode": true},
                 "limits": {"max_webhooks": 3}, "retention_days": 7,
                 "monitoring": {"success_rate": 99.5, "latency_ms": 500}}""");

        // Then
        answer.statusCode(200)
                .body("version", equalTo(2))
                .body("effective.timeout", equalTo(3_000))
                .body("inherited", not(hasKey("timeout")))
                .body("retention_days", equalTo(7))
                .body("monitoring.success_rate", equalTo(99.5f));
        for (String id : new String[] {before, createWebhook(tenant, SMALLEST)}) {
            var registration = CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class);
            assertThat(registration.timeoutMs()).isEqualTo(3_000);
            assertThat(registration.payloadFormat()).isEqualTo("classic");
            assertThat(registration.retry()).isEqualTo(new EndpointRegistration.RetryConfig(2, 5_000, 2, null));
            assertThat(registration.rateLimit()).isEqualTo(new EndpointRegistration.RateLimit(10, 1_000, 1));
            assertThat(registration.isDebug()).isTrue();
            as(tenant, Roles.VIEWER)
                    .get(WEBHOOKS + "/" + id)
                    .then()
                    .body("timeout", equalTo(3_000))
                    .body("inherited.timeout", equalTo("tenant"))
                    .body("inherited.header_prefix", equalTo("platform"));
        }
        assertThat(CompactedTopic.latest(Topics.TENANTS, TenantRecord.key(tenant), TenantRecord.class)
                        .retentionDays())
                .isEqualTo(7);
    }

    @Test
    void theTenantAndItsSettingsSayOneThing() {
        // Given
        String webhook = createWebhook(tenant, SMALLEST);

        // When
        asAdmin()
                .contentType("application/merge-patch+json")
                .body("{\"payload_format\": \"raw\", \"retention_days\": 3}")
                .patch("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(200);

        // Then
        as(tenant, Roles.OWNER)
                .get(SETTINGS)
                .then()
                .body("preferences.payload_format", equalTo("raw"))
                .body("retention_days", equalTo(3));
        assertThat(CompactedTopic.latest(Topics.ENDPOINTS, webhook, EndpointRegistration.class)
                        .payloadFormat())
                .isEqualTo("raw");
    }

    @Test
    void aTenantHasNoMoreWebhooksThanItLetsItself() {
        // Given
        put("{\"limits\": {\"max_webhooks\": 1}}").statusCode(200);
        createWebhook(tenant, SMALLEST);

        // When
        var answer = as(tenant, Roles.EDITOR).body(SMALLEST).post(WEBHOOKS).then();

        // Then
        answer.statusCode(409).body("detail", containsString("may not have more"));
    }

    @Test
    void aWebhookUsesATemplateOfTheTenantsByItsName() {
        // Given
        put("{\"templates\": {\"chat\": \"{\\\"text\\\": \\\"{{type}}\\\"}\"}}").statusCode(200);
        String id = createWebhook(tenant, """
                {"url": "https://hooks.example.com/in", "events": ["*"], "payload_format": "template",
                 "template": "@chat"}""");

        // When
        put("{\"templates\": {\"chat\": \"{\\\"message\\\": \\\"{{type}}\\\"}\"}}")
                .statusCode(200);

        // Then
        assertThat(CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class)
                        .template())
                .isEqualTo("{\"message\": \"{{type}}\"}");
        put("{\"templates\": {}}").statusCode(409).body("errors[0].field", equalTo("templates"));
        as(tenant, Roles.EDITOR)
                .body("""
                        {"url": "https://hooks.example.com/in", "events": ["*"], "payload_format": "template",
                         "template": "@unknown"}""")
                .post(WEBHOOKS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("template"));
    }

    @Test
    void allOfATenantsKeysAreHeldToItsRanges() {
        // Given
        String key = asAdmin()
                .body("{\"name\": \"shop\", \"role\": \"owner\", \"tenant_id\": \"%s\"}".formatted(tenant))
                .post("/api/v1/api-keys")
                .path("key");
        withToken(key).get(SETTINGS).then().statusCode(200);

        // When
        put("{\"allowed_cidrs\": [\"203.0.113.0/24\"]}").statusCode(200);

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> withToken(key)
                .get(SETTINGS)
                .then()
                .statusCode(401)
                .body("detail", containsString("may not be used from this address")));
        asAdmin()
                .queryParam("tenant_id", tenant)
                .body("{\"allowed_cidrs\": [\"127.0.0.0/8\", \"::1\"]}")
                .put(SETTINGS)
                .then()
                .statusCode(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> withToken(key).get(SETTINGS).then().statusCode(200));
        // A key that would lock itself out is told so.
        withToken(key)
                .body("{\"allowed_cidrs\": [\"203.0.113.0/24\"]}")
                .put(SETTINGS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("allowed_cidrs"));
    }

    @Test
    void aPatchChangesWhatItNames() {
        // Given
        put("{\"preferences\": {\"timeout\": 3000, \"max_in_flight\": 5}, \"retention_days\": 7}")
                .statusCode(200);

        // When
        var answer = as(tenant, Roles.OWNER)
                .contentType("application/merge-patch+json")
                .header("If-Match", "\"2\"")
                .body("{\"preferences\": {\"timeout\": null}}")
                .patch(SETTINGS)
                .then();

        // Then
        answer.statusCode(200)
                .body("preferences.timeout", nullValue())
                .body("preferences.max_in_flight", equalTo(5))
                .body("retention_days", equalTo(7))
                .body("inherited.timeout", equalTo("platform"));
    }

    @Test
    void aLostRaceIsRefused() {
        // When
        var answer = as(tenant, Roles.OWNER)
                .header("If-Match", "\"9\"")
                .body("{}")
                .put(SETTINGS)
                .then();

        // Then
        answer.statusCode(412);
    }

    @Test
    void anotherTenantsSettingsStayItsOwn() {
        // Given
        put("{\"preferences\": {\"timeout\": 3000}}").statusCode(200);
        String stranger = createTenant("Stranger");

        // When
        var answer = as(stranger, Roles.OWNER).get(SETTINGS).then();

        // Then
        answer.body("tenant_id", equalTo(stranger)).body("preferences.timeout", nullValue());
        as(stranger, Roles.OWNER)
                .queryParam("tenant_id", tenant)
                .get(SETTINGS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("tenant_id"));
        asAdmin().get(SETTINGS).then().statusCode(400).body("errors[0].field", equalTo("tenant_id"));
        asAdmin()
                .queryParam("tenant_id", "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
                .get(SETTINGS)
                .then()
                .statusCode(404);
    }

    @Test
    void aTenantIsDeletedWithItsSettingsAndSubscribers() {
        // Given
        put("{\"preferences\": {\"timeout\": 3000}}").statusCode(200);
        String subscriber = as(tenant, Roles.EDITOR)
                .body("{\"name\": \"CRM\"}")
                .post("/api/v1/subscribers")
                .path("id");
        createWebhook(tenant, """
                {"url": "https://hooks.example.com/in", "events": ["*"], "subscriber_id": "%s"}""".formatted(subscriber));

        // When
        var answer = asAdmin().delete("/api/v1/tenants/" + tenant).then();

        // Then
        answer.statusCode(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    preferences.payload_format | {"preferences": {"payload_format": "template"}}
                    preferences.timeout        | {"preferences": {"timeout": 40000}}
                    retention_days             | {"retention_days": 31}
                    limits.max_webhooks        | {"limits": {"max_webhooks": -1}}
                    templates.chat             | {"templates": {"chat": "{{#open}}"}}
                    templates.chat             | {"templates": {"chat": "@other"}}
                    allowed_cidrs[0]           | {"allowed_cidrs": ["everywhere"]}
                    monitoring.success_rate    | {"monitoring": {"success_rate": 101}}
                    colour                     | {"colour": "red"}
                    """)
    void whatIsWrongIsNamed(String field, String body) {
        // When
        var answer = put(body);

        // Then
        answer.statusCode(400).body("errors.field", hasItem(field));
    }

    @Test
    void anEditorChangesNoSettings() {
        // When
        var answer = as(tenant, Roles.EDITOR).body("{}").put(SETTINGS).then();

        // Then
        answer.statusCode(403);
    }

    @Test
    void aSubscriberStandsBetweenWebhookAndTenant() {
        // Given
        put("{\"preferences\": {\"timeout\": 3000, \"max_in_flight\": 5}}").statusCode(200);
        String subscriber = as(tenant, Roles.EDITOR)
                .body("{\"name\": \"CRM\", \"preferences\": {\"timeout\": 2000}}")
                .post("/api/v1/subscribers")
                .path("id");

        // When
        String id = createWebhook(tenant, """
                {"url": "https://hooks.example.com/in", "events": ["*"], "subscriber_id": "%s"}""".formatted(subscriber));

        // Then
        as(tenant, Roles.VIEWER)
                .get(WEBHOOKS)
                .then()
                .body("items.id", contains(id))
                .body("items[0].timeout", equalTo(2_000))
                .body("items[0].max_in_flight", equalTo(5))
                .body("items[0].inherited.timeout", equalTo("subscriber"))
                .body("items[0].inherited.max_in_flight", equalTo("tenant"))
                .body("items[0].inherited.payload_format", equalTo("platform"));
    }

    private ValidatableResponse put(String json) {
        return owner().body(json).put(SETTINGS).then();
    }

    private RequestSpecification owner() {
        return as(tenant, Roles.OWNER);
    }
}
