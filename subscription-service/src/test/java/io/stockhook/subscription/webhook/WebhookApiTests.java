package io.stockhook.subscription.webhook;

import static io.restassured.RestAssured.given;
import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.asAdmin;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
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
import io.stockhook.events.EventData;
import io.stockhook.events.Json;
import io.stockhook.events.SecretBox;
import io.stockhook.events.Topics;
import io.stockhook.events.filter.EventFilter;
import io.stockhook.events.signature.SignatureVerifier;
import io.stockhook.events.signature.WebhookSigner;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final String SIGNED_PUBLICLY = """
            {"url": "https://hooks.example.com/in", "events": ["*"], "signature": {"schemes": ["v1", "v1a"]}}""";
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
              "debug_mode": true,
              "delay": 60000,
              "metadata": {"team": "logistics"}
            }""";

    @Inject
    SecretBox secretBox;

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
                .body("debug_mode", equalTo(false))
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
        assertThat(registration.isDebug()).isTrue();
        assertThat(registration.delayMs()).isEqualTo(60_000);
        assertThat(registration.retry()).isEqualTo(new EndpointRegistration.RetryConfig(3, 5_000, 2, null));
    }

    @Test
    void aFilterIsKeptAndPublishedAsItWasGiven() {
        // Given
        String filters = """
                {"order_status":["confirmed","shipped"],"min_amount":100.50,"total":{"$lt":1e400},\
                "note":{"$ne":"\\u00e9"}}""";

        // When
        var answer = editor().body(withFilters(filters)).post(WEBHOOKS).then();

        // Then
        String id = answer.statusCode(201).extract().path("id");
        String published = Objects.requireNonNull(registration(id).filters());
        assertThat(published).contains("100.50", "1E+400", "\u00e9");
        assertThat(EventFilter.compile(published)
                        .matches(new EventData(
                                "{\"order_status\":\"shipped\",\"amount\":100.5,\"total\":1}".getBytes(UTF_8))))
                .isTrue();
        viewer().get(WEBHOOKS + "/" + id)
                .then()
                .statusCode(200)
                .body("filters.order_status", contains("confirmed", "shipped"))
                .body("filters.note.$ne", equalTo("\u00e9"));
    }

    @Test
    void aFilterIsPatchedReplacedAndTakenAway() {
        // Given
        String id = createWebhook(tenant, withFilters("{\"a\":1,\"b\":{\"$gt\":2}}"));

        // When
        editor().body("{\"filters\": {\"a\": null, \"b\": {\"$lt\": 9}}}").patch(WEBHOOKS + "/" + id);
        String patched = registration(id).filters();
        editor().body("{\"name\": \"other\"}").patch(WEBHOOKS + "/" + id);
        String untouched = registration(id).filters();
        editor().body("{\"filters\": null}").patch(WEBHOOKS + "/" + id);
        String removed = registration(id).filters();
        editor().body(withFilters("{\"c\":true}")).put(WEBHOOKS + "/" + id);
        String given = registration(id).filters();
        editor().body(SMALLEST).put(WEBHOOKS + "/" + id).then().body("filters", nullValue());
        String leftOut = registration(id).filters();

        // Then
        assertThat(patched).isEqualTo("{\"b\":{\"$gt\":2,\"$lt\":9}}");
        assertThat(untouched).isEqualTo(patched);
        assertThat(removed).isNull();
        assertThat(given).isEqualTo("{\"c\":true}");
        assertThat(leftOut).isNull();
    }

    @Test
    void anEmptyFilterIsNone() {
        // When
        var answer = editor().body(withFilters("{}")).post(WEBHOOKS).then();

        // Then
        String id =
                answer.statusCode(201).body("filters", nullValue()).extract().path("id");
        assertThat(registration(id).filters()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void aNumberThatNothingHasRoomForIsRefused(String method) {
        // Given
        String id = createWebhook(tenant, SMALLEST);
        String path = method.equals("POST") ? WEBHOOKS : WEBHOOKS + "/" + id;

        // When
        var answer = editor().body(withFilters("{\"a\": 1e99999999999}"))
                .request(method, path)
                .then();

        // Then
        answer.statusCode(400).contentType("application/problem+json");
    }

    @Test
    void aTemplateIsPublishedWhileItsFormatIsChosen() {
        // Given
        String id = createWebhook(tenant, """
                {"url": "https://hooks.example.com/in", "events": ["*"], "payload_format": "template",
                 "template": "{\\"text\\":\\"{{name}}\\"}"}""");
        String chosen = registration(id).template();

        // When
        var answer = editor().body("{\"payload_format\": \"raw\"}")
                .patch(WEBHOOKS + "/" + id)
                .then();

        // Then
        answer.statusCode(200).body("template", equalTo("{\"text\":\"{{name}}\"}"));
        assertThat(chosen).isEqualTo("{\"text\":\"{{name}}\"}");
        assertThat(registration(id).template()).isNull();
        assertThat(registration(id).payloadFormat()).isEqualTo("raw");
    }

    @Test
    void aTenantHasNoTemplateAsItsFormat() {
        asAdmin()
                .body("{\"name\": \"Templates\", \"payload_format\": \"template\"}")
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("payload_format"));
    }

    @Test
    void aWebhookSignsWithItsSecretAloneUnlessItChoosesOtherwise() {
        // When
        var answer = editor().body(SMALLEST).post(WEBHOOKS).then();

        // Then
        String id = answer.body("signature.schemes", contains("v1"))
                .body("signature.public_keys", empty())
                .extract()
                .path("id");
        assertThat(registration(id).signing()).isNull();
    }

    @Test
    void aKeyPairIsMadeWhosePublicKeyIsShownAndWhosePrivateKeySigns() {
        // When
        String id = createWebhook(tenant, SIGNED_PUBLICLY);

        // Then
        List<String> publicKeys = viewer().get(WEBHOOKS + "/" + id)
                .then()
                .body("signature.schemes", contains("v1", "v1a"))
                .extract()
                .path("signature.public_keys");
        var signing = Objects.requireNonNull(registration(id).signing());
        assertThat(signing.schemes()).containsExactly("v1", "v1a");
        assertThat(publicKeys).hasSize(1);
        assertThat(verifies(id, signing, publicKeys.get(0))).isTrue();
    }

    @Test
    void aKeyPairStaysWhileTheWebhookChangesAndWhenItsSchemeComesBack() {
        // Given
        String id = createWebhook(tenant, SIGNED_PUBLICLY);
        List<String> before = viewer().get(WEBHOOKS + "/" + id).path("signature.public_keys");

        // When
        editor().body(SMALLEST).put(WEBHOOKS + "/" + id).then().statusCode(200).body("signature.public_keys", empty());
        var without = registration(id).signing();
        editor().body("{\"signature\": {\"schemes\": [\"v1a\"]}}")
                .patch(WEBHOOKS + "/" + id)
                .then()
                .statusCode(200)
                .body("signature.public_keys", equalTo(before));

        // Then
        assertThat(without).isNull();
        assertThat(Objects.requireNonNull(registration(id).signing()).schemes()).containsExactly("v1a");
    }

    @Test
    void bothKeyPairsSignAfterARotation() {
        // Given
        String id = createWebhook(tenant, SIGNED_PUBLICLY);
        List<String> before = viewer().get(WEBHOOKS + "/" + id).path("signature.public_keys");

        // When
        var answer = editor().post(WEBHOOKS + "/" + id + "/rotate-secret").then();

        // Then
        List<String> after = answer.statusCode(200).extract().path("signature.public_keys");
        assertThat(after).hasSize(2).endsWith(before.get(0));
        var signing = Objects.requireNonNull(registration(id).signing());
        assertThat(after).allMatch(publicKey -> verifies(id, signing, publicKey));
        assertThat(signing.privateKeys().get(0).validUntil()).isNull();
        assertThat(signing.privateKeys().get(1).validUntil())
                .isEqualTo(registration(id).secrets().get(1).validUntil());
        editor().body("{\"overlap\": 0}")
                .post(WEBHOOKS + "/" + id + "/rotate-secret")
                .then()
                .body("signature.public_keys.size()", equalTo(1));
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
                    retry_config.jitter        | {"url": "https://hooks.example.com/in", "events": ["*"], "retry_config": {"jitter": 2}}
                    payload_format             | {"url": "https://hooks.example.com/in", "events": ["*"], "payload_format": "xml"}
                    header_prefix              | {"url": "https://hooks.example.com/in", "events": ["*"], "header_prefix": "webhook-"}
                    timeout                    | {"url": "https://hooks.example.com/in", "events": ["*"], "timeout": 999}
                    max_in_flight              | {"url": "https://hooks.example.com/in", "events": ["*"], "max_in_flight": 0}
                    delay                      | {"url": "https://hooks.example.com/in", "events": ["*"], "delay": 2592000001}
                    delay                      | {"url": "https://hooks.example.com/in", "events": ["*"], "delay": -1}
                    is_active                  | {"url": "https://hooks.example.com/in", "events": ["*"], "is_active": "yes"}
                    subscriber_id              | {"url": "https://hooks.example.com/in", "events": ["*"], "subscriber_id": "sub_1"}
                    filters                    | {"url": "https://hooks.example.com/in", "events": ["*"], "filters": []}
                    filters.a                  | {"url": "https://hooks.example.com/in", "events": ["*"], "filters": {"a": []}}
                    filters.order.$and[1].total.$gt | {"url": "https://hooks.example.com/in", "events": ["*"], "filters": {"order": {"$and": [{"id": 1}, {"total": {"$gt": true}}]}}}
                    filters.a.$regex           | {"url": "https://hooks.example.com/in", "events": ["*"], "filters": {"a": {"$regex": "("}}}
                    filters.a                  | {"url": "https://hooks.example.com/in", "events": ["*"], "filters": {"a": 1e2000000000}}
                    template                   | {"url": "https://hooks.example.com/in", "events": ["*"], "payload_format": "template"}
                    template                   | {"url": "https://hooks.example.com/in", "events": ["*"], "template": "{{#a}}"}
                    template                   | {"url": "https://hooks.example.com/in", "events": ["*"], "template": "no json"}
                    template                   | {"url": "https://hooks.example.com/in", "events": ["*"], "template": "\\"\\ud800\\""}
                    template                   | {"url": "https://hooks.example.com/in", "events": ["*"], "template": "\\"\\u0000\\""}
                    signature.schemes          | {"url": "https://hooks.example.com/in", "events": ["*"], "signature": {"schemes": []}}
                    signature.schemes[0]       | {"url": "https://hooks.example.com/in", "events": ["*"], "signature": {"schemes": ["v2"]}}
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

    private static String withFilters(String filters) {
        return """
                {"url": "https://hooks.example.com/in", "events": ["*"], "filters": %s}""".formatted(filters);
    }

    private boolean verifies(String id, EndpointRegistration.Signing signing, String publicKey) {
        List<String> privateKeys = signing.privateKeys().stream()
                .map(key -> secretBox.decryptText(key.encrypted(), EndpointRegistration.secretOwner(id)))
                .toList();
        String header =
                new WebhookSigner(List.of("secret"), List.of("v1a"), privateKeys).standard("evt", 0, new byte[0]);
        return new SignatureVerifier(List.of(), List.of(publicKey))
                        .standard("evt", "0", header, new byte[0], Instant.EPOCH)
                == SignatureVerifier.Verdict.VALID;
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
