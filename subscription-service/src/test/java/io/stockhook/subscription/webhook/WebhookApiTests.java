package io.stockhook.subscription.webhook;

import static io.restassured.RestAssured.given;
import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.asAdmin;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Json;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class WebhookApiTests {

    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String SMALLEST = """
            {"url": "https://hooks.example.com/in", "events": ["product.*"]}""";
    private static final String FULL = """
            {
              "name": "order_notifications",
              "description": "Webhook for order status updates",
              "url": "https://your-app.example.com/webhooks/orders",
              "method": "PUT",
              "events": ["order.created", "order.updated", "order.*"],
              "headers": {"X-Custom-Header": "custom-value", "Authorization": "Bearer your-secret-token"},
              "secret": "your-webhook-secret",
              "is_active": true,
              "retry_config": {"max_retries": 3, "retry_delay": 5000, "backoff_multiplier": 2},
              "payload_format": "cloudevents",
              "header_prefix": "X-Acme-",
              "timeout": 5000,
              "max_in_flight": 8,
              "delay": 60000,
              "metadata": {"team": "logistics"}
            }""";

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Hooks");
    }

    @Test
    void aWebhookIsCreatedWithItsDefaultsAndASecretThatIsShownOnce() {
        // When
        var answer = editor().body(SMALLEST).post(WEBHOOKS).then();

        // Then
        String id = answer.statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", containsString(WEBHOOKS + "/wh_"))
                .body("id", matchesPattern("wh_[0-9a-f]{32}"))
                .body("secret", matchesPattern("whsec_[A-Za-z0-9+/=]{44}"))
                .body("name", equalTo("hooks.example.com"))
                .body("method", equalTo("POST"))
                .body("is_active", equalTo(true))
                .body("retry_config", nullValue())
                .body("payload_format", equalTo("standard"))
                .body("header_prefix", equalTo("X-Webhook-"))
                .body("timeout", equalTo(10_000))
                .body("max_in_flight", equalTo(64))
                .body("delay", equalTo(0))
                .body("version", equalTo(1))
                .extract()
                .path("id");
        viewer().get(WEBHOOKS + "/" + id).then().statusCode(200).body("$", not(hasKey("secret")));
    }

    @Test
    void theRegistrationIsOnTheTopicWhenTheCreationIsAnswered() {
        // When
        String id = createWebhook(tenant, FULL);

        // Then
        var registration = registration(id);
        assertThat(registration.tenantId()).isEqualTo(tenant);
        assertThat(registration.epoch()).isEqualTo(1);
        assertThat(registration.version()).isEqualTo(1);
        assertThat(registration.url()).isEqualTo("https://your-app.example.com/webhooks/orders");
        assertThat(registration.method()).isEqualTo("PUT");
        assertThat(registration.events()).containsExactly("order.created", "order.updated", "order.*");
        assertThat(registration.headers()).containsOnlyKeys("X-Custom-Header", "Authorization");
        assertThat(registration.secrets()).hasSize(1);
        assertThat(registration.isActive()).isTrue();
        assertThat(registration.payloadFormat()).isEqualTo("cloudevents");
        assertThat(registration.headerPrefix()).isEqualTo("X-Acme-");
        assertThat(registration.timeoutMs()).isEqualTo(5_000);
        assertThat(registration.maxInFlight()).isEqualTo(8);
        assertThat(registration.delayMs()).isEqualTo(60_000);
        assertThat(registration.retry()).isEqualTo(new EndpointRegistration.RetryConfig(3, 5_000, 2, null));
    }

    @Test
    void theTenantsFormatIsTheDefault() {
        // Given
        asAdmin()
                .body("{\"name\": \"Raw\", \"payload_format\": \"raw\"}")
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(200);

        // When
        var answer = editor().body(SMALLEST).post(WEBHOOKS).then();

        // Then
        answer.statusCode(201).body("payload_format", equalTo("raw"));
    }

    @Test
    void headerValuesAreMaskedWhenRead() {
        // Given
        String id = createWebhook(tenant, FULL);

        // When
        var answer = viewer().get(WEBHOOKS + "/" + id).then();

        // Then
        answer.statusCode(200)
                .body("headers.Authorization", equalTo("***"))
                .body("headers.X-Custom-Header", equalTo("***"));
    }

    @Test
    void aReplacementKeepsTheSecretAndMaskedHeaderValues() {
        // Given
        String id = createWebhook(tenant, FULL);
        var before = registration(id);

        // When
        var answer = editor().body("""
                        {"url": "https://other.example.com/in", "events": ["*"], "headers": {"Authorization": "***"}}""").put(WEBHOOKS + "/" + id).then();

        // Then
        answer.statusCode(200)
                .body("url", equalTo("https://other.example.com/in"))
                .body("retry_config", nullValue())
                .body("metadata.size()", equalTo(0))
                .body("version", equalTo(2))
                .body("$", not(hasKey("secret")));
        var after = registration(id);
        assertThat(after.version()).isEqualTo(2);
        assertThat(after.secrets()).isEqualTo(before.secrets());
        assertThat(after.headers())
                .isEqualTo(Map.of("Authorization", before.headers().get("Authorization")));
    }

    @Test
    void aPatchChangesWhatItNames() {
        // Given
        String id = createWebhook(tenant, FULL);
        var before = registration(id);

        // When
        var answer = editor().contentType("application/merge-patch+json")
                .body("""
                        {"description": null, "headers": {"X-Custom-Header": null, "X-New": "value"},
                         "retry_config": {"max_retries": 9}, "active": false}""")
                .patch(WEBHOOKS + "/" + id)
                .then();

        // Then
        answer.statusCode(200)
                .body("name", equalTo("order_notifications"))
                .body("description", nullValue())
                .body("retry_config.max_retries", equalTo(9))
                .body("retry_config.retry_delay", equalTo(5_000))
                .body("is_active", equalTo(false));
        var after = registration(id);
        assertThat(after.headers()).containsOnlyKeys("Authorization", "X-New");
        assertThat(after.headers().get("Authorization"))
                .isEqualTo(before.headers().get("Authorization"));
        assertThat(after.isActive()).isFalse();
    }

    @Test
    void aPatchTakesAllHeadersAway() {
        // Given
        String id = createWebhook(tenant, FULL);

        // When
        editor().body("{\"headers\": null}").patch(WEBHOOKS + "/" + id).then().statusCode(200);

        // Then
        assertThat(registration(id).headers()).isEmpty();
    }

    @Test
    void aLostRaceIsToldByIfMatch() {
        // Given
        String id = createWebhook(tenant, SMALLEST);
        editor().header("If-Match", "\"1\"").body("{\"name\": \"first\"}").patch(WEBHOOKS + "/" + id);

        // When
        var answer = editor().header("If-Match", "\"1\"")
                .body("{\"name\": \"second\"}")
                .patch(WEBHOOKS + "/" + id)
                .then();

        // Then
        answer.statusCode(412).contentType("application/problem+json");
        viewer().get(WEBHOOKS + "/" + id).then().body("name", equalTo("first"));
    }

    @Test
    void theSameCreationIsAnsweredOnceMoreWithTheFirstAnswer() {
        // Given
        var first = editor().header("Idempotency-Key", "k1").body(SMALLEST).post(WEBHOOKS);

        // When
        var second = editor().header("Idempotency-Key", "k1")
                .body(SMALLEST)
                .post(WEBHOOKS)
                .then();

        // Then
        second.statusCode(201)
                .header("Idempotent-Replayed", "true")
                .body("id", equalTo(first.path("id")))
                .body("secret", equalTo(first.path("secret")));
        editor().header("Idempotency-Key", "k1")
                .body(FULL)
                .post(WEBHOOKS)
                .then()
                .statusCode(409);
    }

    @Test
    void deletingAWebhookLeavesATombstone() {
        // Given
        String id = createWebhook(tenant, SMALLEST);

        // When
        editor().delete(WEBHOOKS + "/" + id).then().statusCode(204);

        // Then
        assertThat(CompactedTopic.isDeleted(Topics.ENDPOINTS, id)).isTrue();
        viewer().get(WEBHOOKS + "/" + id).then().statusCode(404);
    }

    @Test
    void aWebhookIsDisabledAndEnabled() {
        // Given
        String id = createWebhook(tenant, SMALLEST);

        // When
        editor().post(WEBHOOKS + "/" + id + "/disable").then().statusCode(200).body("is_active", equalTo(false));

        // Then
        assertThat(registration(id).isActive()).isFalse();
        editor().post(WEBHOOKS + "/" + id + "/enable").then().statusCode(200).body("is_active", equalTo(true));
        assertThat(registration(id).isActive()).isTrue();
        assertThat(registration(id).version()).isEqualTo(3);
    }

    @Test
    void registrationsReachTheTopicInTheOrderOfTheirVersions() {
        // Given
        String id = createWebhook(tenant, SMALLEST);

        // When
        List.of("disable", "enable", "disable", "enable").parallelStream()
                .forEach(change ->
                        editor().post(WEBHOOKS + "/" + id + "/" + change).then().statusCode(200));

        // Then
        assertThat(CompactedTopic.records(Topics.ENDPOINTS, id))
                .extracting(found ->
                        Json.read(found.value(), EndpointRegistration.class).version())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void bothSecretsSignAfterARotation() {
        // Given
        String id = createWebhook(tenant, SMALLEST);
        String before = registration(id).secrets().get(0).encrypted();

        // When
        var answer = editor().post(WEBHOOKS + "/" + id + "/rotate-secret").then();

        // Then
        answer.statusCode(200)
                .body("secret", matchesPattern("whsec_.+"))
                .body("previous_secret_valid_until", notNullValue());
        var secrets = registration(id).secrets();
        assertThat(secrets).hasSize(2);
        assertThat(secrets.get(0).validUntil()).isNull();
        assertThat(secrets.get(1).encrypted()).isEqualTo(before);
        assertThat(secrets.get(1).validUntil()).isNotNull();
    }

    @Test
    void aRotationWithoutOverlapEndsTheOldSecretAtOnce() {
        // Given
        String id = createWebhook(tenant, SMALLEST);

        // When
        var answer = editor().body("{\"secret\": \"a secret of my own\", \"overlap\": 0}")
                .post(WEBHOOKS + "/" + id + "/rotate-secret")
                .then();

        // Then
        answer.statusCode(200)
                .body("secret", equalTo("a secret of my own"))
                .body("previous_secret_valid_until", nullValue());
        assertThat(registration(id).secrets()).hasSize(1);
    }

    @Test
    void soManySecretsAtOnceAreRefused() {
        // Given
        String id = createWebhook(tenant, SMALLEST);
        for (int rotation = 0; rotation < 4; rotation++) {
            editor().post(WEBHOOKS + "/" + id + "/rotate-secret").then().statusCode(200);
        }

        // When
        var answer = editor().post(WEBHOOKS + "/" + id + "/rotate-secret").then();

        // Then
        answer.statusCode(409).body("detail", containsString("overlap of 0"));
    }

    @Test
    void listsAreFilteredAndSummarised() {
        // Given
        String products = createWebhook(tenant, SMALLEST);
        String orders = createWebhook(tenant, FULL);
        editor().post(WEBHOOKS + "/" + orders + "/disable");

        // When
        var all = viewer().get(WEBHOOKS).then();

        // Then
        all.statusCode(200)
                .body("items.id", contains(products, orders))
                .body("total", equalTo(2))
                .body("next", nullValue())
                .body("summary.total_webhooks", equalTo(2))
                .body("summary.active_webhooks", equalTo(1));
        shows("status=active", products);
        shows("status=inactive", orders);
        shows("event=product.created", products);
        shows("event=catalog.product.created", products);
        shows("event=order.refunded", orders);
        shows("text=ORDER_", orders);
        shows("text=hooks.example", products);
        shows("status=active&event=order.created");
    }

    @Test
    void listsArePagedByCursor() {
        // Given
        String first = createWebhook(tenant, SMALLEST);
        String second = createWebhook(tenant, SMALLEST);

        // When
        var page = viewer().get(WEBHOOKS + "?limit=1").then();

        // Then
        String next = page.body("items.id", contains(first))
                .header("Link", containsString("rel=\"next\""))
                .extract()
                .path("next");
        viewer().get(WEBHOOKS + "?limit=1&cursor=" + next)
                .then()
                .body("items.id", contains(second))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status=paused", "event=product.*", "text=%00", "cursor=AA", "limit=0", "cursor=x", "offset=5"})
    void aFilterThatMakesNoSenseIsNamed(String query) {
        // Given
        String name = query.substring(0, query.indexOf('='));

        // When
        var answer =
                viewer().urlEncodingEnabled(false).get(WEBHOOKS + "?" + query).then();

        // Then
        answer.statusCode(400).body("errors[0].field", equalTo(name.equals("offset") ? "cursor" : name));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    url                        | {"events": ["*"]}
                    url                        | {"url": "http://hooks.example.com/in", "events": ["*"]}
                    url                        | {"url": "https://10.0.0.1/in", "events": ["*"]}
                    url                        | {"url": "https://169.254.169.254/latest/meta-data", "events": ["*"]}
                    events                     | {"url": "https://hooks.example.com/in"}
                    events                     | {"url": "https://hooks.example.com/in", "events": []}
                    events[1]                  | {"url": "https://hooks.example.com/in", "events": ["*", "product"]}
                    events[1]                  | {"url": "https://hooks.example.com/in", "events": ["*", null]}
                    method                     | {"url": "https://hooks.example.com/in", "events": ["*"], "method": "GET"}
                    secret                     | {"url": "https://hooks.example.com/in", "events": ["*"], "secret": "short"}
                    headers.Host               | {"url": "https://hooks.example.com/in", "events": ["*"], "headers": {"Host": "x"}}
                    headers.X-Webhook-Event    | {"url": "https://hooks.example.com/in", "events": ["*"], "headers": {"X-Webhook-Event": "x"}}
                    headers.X-A                | {"url": "https://hooks.example.com/in", "events": ["*"], "headers": {"X-A": "***"}}
                    headers.x-a                | {"url": "https://hooks.example.com/in", "events": ["*"], "headers": {"X-A": "1", "x-a": "2"}}
                    retry_config.max_retries   | {"url": "https://hooks.example.com/in", "events": ["*"], "retry_config": {"max_retries": 51}}
                    retry_config.max_delay     | {"url": "https://hooks.example.com/in", "events": ["*"], "retry_config": {"max_delay": 100}}
                    retry_config.jitter        | {"url": "https://hooks.example.com/in", "events": ["*"], "retry_config": {"jitter": 1}}
                    payload_format             | {"url": "https://hooks.example.com/in", "events": ["*"], "payload_format": "xml"}
                    header_prefix              | {"url": "https://hooks.example.com/in", "events": ["*"], "header_prefix": "webhook-"}
                    timeout                    | {"url": "https://hooks.example.com/in", "events": ["*"], "timeout": 999}
                    max_in_flight              | {"url": "https://hooks.example.com/in", "events": ["*"], "max_in_flight": 0}
                    delay                      | {"url": "https://hooks.example.com/in", "events": ["*"], "delay": 2592000001}
                    delay                      | {"url": "https://hooks.example.com/in", "events": ["*"], "delay": -1}
                    is_active                  | {"url": "https://hooks.example.com/in", "events": ["*"], "is_active": "yes"}
                    subscriber_id              | {"url": "https://hooks.example.com/in", "events": ["*"], "subscriber_id": "sub_1"}
                    filters                    | {"url": "https://hooks.example.com/in", "events": ["*"], "filters": {}}
                    """)
    void theFieldThatIsWrongIsNamed(String field, String body) {
        editor().body(body)
                .post(WEBHOOKS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", hasItem(field));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        editor().body("""
                        {"url": "ftp://hooks.example.com", "events": ["?"], "headers": {"Host": "x"}, "secret": "s"}""")
                .post(WEBHOOKS)
                .then()
                .statusCode(400)
                .body("errors.field", contains("url", "events[0]", "headers.Host", "secret"));
    }

    @Test
    void anotherTenantsWebhookIsNotFound() {
        // Given
        String id = createWebhook(tenant, SMALLEST);
        String stranger = createTenant("Stranger");

        // When
        var read = as(stranger, Roles.VIEWER).get(WEBHOOKS + "/" + id).then();

        // Then
        read.statusCode(404);
        as(stranger, Roles.EDITOR)
                .body(SMALLEST)
                .put(WEBHOOKS + "/" + id)
                .then()
                .statusCode(404);
        as(stranger, Roles.EDITOR).delete(WEBHOOKS + "/" + id).then().statusCode(404);
        as(stranger, Roles.EDITOR)
                .post(WEBHOOKS + "/" + id + "/rotate-secret")
                .then()
                .statusCode(404);
        as(stranger, Roles.VIEWER).get(WEBHOOKS).then().body("items.size()", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wh_1", "%00", "prd_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f", "wh_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f"})
    void anUnknownWebhookIsNotFound(String id) {
        viewer().urlEncodingEnabled(false)
                .get(WEBHOOKS + "/" + id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void aViewerReadsAndDoesNotWrite() {
        viewer().get(WEBHOOKS).then().statusCode(200);
        viewer().body(SMALLEST).post(WEBHOOKS).then().statusCode(403).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {Roles.PUBLISHER, Roles.ADMIN})
    void whoeverIsNoMemberOfTheTenantSeesNothing(String role) {
        as(tenant, role).get(WEBHOOKS).then().statusCode(403);
    }

    @Test
    void nobodyIsServedWithoutAToken() {
        given().get(WEBHOOKS).then().statusCode(401).contentType("application/problem+json");
    }

    private void shows(String query, String... ids) {
        ValidatableResponse answer = viewer().get(WEBHOOKS + "?" + query).then().statusCode(200);
        List<String> shown = answer.extract().path("items.id");
        assertThat(shown).as(query).containsExactly(ids);
        answer.body("total", equalTo(ids.length)).body("summary.total_webhooks", equalTo(2));
    }

    private static EndpointRegistration registration(String id) {
        return CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class);
    }

    private RequestSpecification editor() {
        return as(tenant, Roles.EDITOR);
    }

    private RequestSpecification viewer() {
        return as(tenant, Roles.VIEWER);
    }
}
