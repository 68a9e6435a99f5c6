package io.stockhook.subscription.subscriber;

import static io.stockhook.subscription.testing.Api.as;
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
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.SecretBox;
import io.stockhook.events.Topics;
import io.stockhook.events.auth.EndpointAuth;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import jakarta.inject.Inject;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class SubscriberApiTests {

    private static final String SUBSCRIBERS = "/api/v1/subscribers";
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String FULL = """
            {
              "name": "ERP",
              "external_reference": "account-4711",
              "description": "The warehouse's ERP",
              "contact": {"name": "Ana Souza", "email": "ana@erp.example.com"},
              "auth": {"type": "bearer", "token": "the-token-of-the-erp"},
              "limits": {"rate_limit": {"limit": 100, "per": "second"}, "max_webhooks": 2,
                         "daily_deliveries": 10000, "monthly_deliveries": 200000},
              "preferences": {"retry_config": {"max_retries": 5, "retry_delay": 1000}, "timeout": 4000,
                              "header_prefix": "X-Erp-", "payload_format": "classic", "max_in_flight": 3,
                              "signature": {"schemes": ["v1a"]}, "breaker": {"failure_rate": 0.9}},
              "metadata": {"team": "logistics"}
            }""";

    @Inject
    SecretBox secretBox;

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Subscribed");
    }

    @Test
    void aSubscriberIsCreatedWithItsSecretsMasked() {
        // When
        var answer = editor().body(FULL).post(SUBSCRIBERS).then();

        // Then
        String id = answer.statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", containsString(SUBSCRIBERS + "/sub_"))
                .body("id", matchesPattern("sub_[0-9a-f]{32}"))
                .body("name", equalTo("ERP"))
                .body("external_reference", equalTo("account-4711"))
                .body("contact.email", equalTo("ana@erp.example.com"))
                .body("is_active", equalTo(true))
                .body("auth.token", equalTo("***"))
                .body("limits.rate_limit.limit", equalTo(100))
                .body("limits.monthly_deliveries", equalTo(200_000))
                .body("preferences.retry_config.max_retries", equalTo(5))
                .body("webhooks_count", equalTo(0))
                .extract()
                .path("id");
        viewer().get(SUBSCRIBERS + "/" + id).then().statusCode(200).body("metadata.team", equalTo("logistics"));
    }

    @Test
    void aWebhookHasWhatItDoesNotSayFromItsSubscriberAndShowsSo() {
        // Given
        String subscriber = subscriber(FULL);

        // When
        String id = createWebhook(tenant, """
                {"url": "https://hooks.example.com/in", "events": ["*"], "timeout": 7000, "subscriber_id": "%s"}""".formatted(subscriber));

        // Then
        viewer().get(WEBHOOKS + "/" + id)
                .then()
                .body("subscriber_id", equalTo(subscriber))
                .body("subscriber_active", equalTo(true))
                .body("timeout", equalTo(7_000))
                .body("retry_config.max_retries", equalTo(5))
                .body("payload_format", equalTo("classic"))
                .body("signature.schemes", contains("v1a"))
                .body("signature.public_keys[0]", containsString("whpk_"))
                .body("auth.type", equalTo("bearer"))
                .body("inherited", not(hasKey("timeout")))
                .body("inherited.retry_config", equalTo("subscriber"))
                .body("inherited.auth", equalTo("subscriber"))
                .body("inherited.debug_mode", equalTo("platform"));
        var registration = registration(id);
        assertThat(registration.subscriberId()).isEqualTo(subscriber);
        assertThat(registration.timeoutMs()).isEqualTo(7_000);
        assertThat(registration.headerPrefix()).isEqualTo("X-Erp-");
        assertThat(registration.maxInFlight()).isEqualTo(3);
        assertThat(registration.retry()).isEqualTo(new EndpointRegistration.RetryConfig(5, 1_000, 2, null));
        assertThat(registration.subscriberRateLimit()).isEqualTo(new EndpointRegistration.RateLimit(100, 1_000, 1));
        assertThat(EndpointAuth.open(
                        Objects.requireNonNull(registration.auth()), secretBox, EndpointRegistration.secretOwner(id)))
                .isEqualTo(new EndpointAuth.Bearer("the-token-of-the-erp"));
    }

    @Test
    void aChangeOfASubscriberReachesItsWebhooksAndTheTopic() {
        // Given
        String subscriber = subscriber("{\"name\": \"CRM\"}");
        String id = webhookOf(subscriber);

        // When
        var answer = patch(subscriber, "{\"preferences\": {\"timeout\": 2500}}");

        // Then
        answer.statusCode(200).body("version", equalTo(2)).body("webhooks_count", equalTo(1));
        assertThat(registration(id).timeoutMs()).isEqualTo(2_500);
        assertThat(registration(id).version()).isEqualTo(2);
        viewer().get(WEBHOOKS + "/" + id)
                .then()
                .body("timeout", equalTo(2_500))
                .body("version", equalTo(2))
                .body("inherited.timeout", equalTo("subscriber"));
    }

    @Test
    void aChangeThatConcernsNoWebhookPublishesNone() {
        // Given
        String subscriber = subscriber("{\"name\": \"CRM\"}");
        String id = webhookOf(subscriber);

        // When
        var answer = patch(subscriber, "{\"contact\": {\"email\": \"crm@example.com\"}}");

        // Then
        answer.statusCode(200).body("version", equalTo(2));
        assertThat(registration(id).version()).isEqualTo(1);
    }

    @Test
    void aSubscriberThatAsksForPublicKeysGivesItsWebhooksKeyPairs() {
        // Given
        String subscriber = subscriber("{\"name\": \"CRM\"}");
        String id = webhookOf(subscriber);

        // When
        patch(subscriber, "{\"preferences\": {\"signature\": {\"schemes\": [\"v1\", \"v1a\"]}}}")
                .statusCode(200);

        // Then
        assertThat(Objects.requireNonNull(registration(id).signing()).privateKeys())
                .hasSize(1);
    }

    @Test
    void anInactiveSubscriberHoldsItsWebhooksAndAnActiveOneRestoresExactlyThose() {
        // Given
        String subscriber = subscriber("{\"name\": \"CRM\"}");
        String active = webhookOf(subscriber);
        String disabled = webhookOf(subscriber);
        editor().post(WEBHOOKS + "/" + disabled + "/disable").then().statusCode(200);

        // When
        patch(subscriber, "{\"is_active\": false}").statusCode(200).body("is_active", equalTo(false));

        // Then
        assertThat(registration(active).isActive()).isFalse();
        assertThat(registration(active).disabledReason()).isEqualTo("The subscriber is inactive.");
        viewer().get(WEBHOOKS + "/" + active)
                .then()
                .body("is_active", equalTo(true))
                .body("subscriber_active", equalTo(false));
        assertThat(registration(disabled).disabledReason()).isNull();

        patch(subscriber, "{\"is_active\": true}").statusCode(200);
        assertThat(registration(active).isActive()).isTrue();
        assertThat(registration(active).disabledReason()).isNull();
        assertThat(registration(disabled).isActive()).isFalse();
    }

    @Test
    void aWebhookKeepsItsSubscribersAuthAwayWithNone() {
        // Given
        String subscriber = subscriber(FULL);
        String id = createWebhook(tenant, """
                {"url": "https://hooks.example.com/in", "events": ["*"], "auth": {"type": "none"},
                 "subscriber_id": "%s"}""".formatted(subscriber));
        assertThat(registration(id).auth()).isNull();

        // When
        var answer = editor().contentType("application/merge-patch+json")
                .body("{\"auth\": null}")
                .patch(WEBHOOKS + "/" + id)
                .then();

        // Then
        answer.statusCode(200).body("auth.type", equalTo("bearer")).body("inherited.auth", equalTo("subscriber"));
        assertThat(registration(id).auth()).isNotNull();
    }

    @Test
    void aHeaderThatTheInheritedAuthSetsIsRefused() {
        // Given
        String subscriber = subscriber(FULL);

        // When
        var answer = editor().body("""
                        {"url": "https://hooks.example.com/in", "events": ["*"], "subscriber_id": "%s",
                         "headers": {"Authorization": "Basic mine"}}""".formatted(subscriber)).post(WEBHOOKS).then();

        // Then
        answer.statusCode(400).body("errors[0].field", equalTo("headers.Authorization"));
    }

    @Test
    void aWebhookLeavesItsSubscriber() {
        // Given
        String subscriber = subscriber(FULL);
        String id = webhookOf(subscriber);

        // When
        var answer = editor().contentType("application/merge-patch+json")
                .body("{\"subscriber_id\": null}")
                .patch(WEBHOOKS + "/" + id)
                .then();

        // Then
        answer.statusCode(200)
                .body("subscriber_id", nullValue())
                .body("subscriber_active", nullValue())
                .body("timeout", equalTo(10_000))
                .body("auth", nullValue())
                .body("inherited.timeout", equalTo("platform"));
        assertThat(registration(id).subscriberId()).isNull();
        assertThat(registration(id).subscriberRateLimit()).isNull();
    }

    @Test
    void webhooksAreListedBySubscriber() {
        // Given
        String subscriber = subscriber("{\"name\": \"CRM\"}");
        String its = webhookOf(subscriber);
        createWebhook(tenant, "{\"url\": \"https://hooks.example.com/in\", \"events\": [\"*\"]}");

        // When
        var answer =
                viewer().queryParam("subscriber_id", subscriber).get(WEBHOOKS).then();

        // Then
        answer.statusCode(200).body("items.id", contains(its)).body("total", equalTo(1));
    }

    @Test
    void aSubscriberWithWebhooksCannotBeDeleted() {
        // Given
        String subscriber = subscriber("{\"name\": \"CRM\"}");
        String webhook = webhookOf(subscriber);

        // When
        var answer = editor().delete(SUBSCRIBERS + "/" + subscriber).then();

        // Then
        answer.statusCode(409).body("detail", containsString("1 webhooks"));
        editor().delete(WEBHOOKS + "/" + webhook).then().statusCode(204);
        editor().delete(SUBSCRIBERS + "/" + subscriber).then().statusCode(204);
        viewer().get(SUBSCRIBERS + "/" + subscriber).then().statusCode(404);
    }

    @Test
    void aSubscriberHasNoMoreWebhooksThanItsLimit() {
        // Given
        String subscriber = subscriber("{\"name\": \"CRM\", \"limits\": {\"max_webhooks\": 1}}");
        webhookOf(subscriber);

        // When
        var answer = editor().body("""
                        {"url": "https://hooks.example.com/in", "events": ["*"], "subscriber_id": "%s"}""".formatted(subscriber)).post(WEBHOOKS).then();

        // Then
        answer.statusCode(409).body("errors[0].field", equalTo("subscriber_id"));
    }

    @Test
    void anotherTenantsSubscriberIsNotThere() {
        // Given
        String subscriber = subscriber(FULL);
        String stranger = createTenant("Stranger");

        // When
        var read = as(stranger, Roles.OWNER).get(SUBSCRIBERS + "/" + subscriber).then();

        // Then
        read.statusCode(404);
        as(stranger, Roles.OWNER)
                .body(FULL)
                .put(SUBSCRIBERS + "/" + subscriber)
                .then()
                .statusCode(404);
        as(stranger, Roles.OWNER).delete(SUBSCRIBERS + "/" + subscriber).then().statusCode(404);
        as(stranger, Roles.OWNER).get(SUBSCRIBERS).then().body("items.id", not(hasItem(subscriber)));
        as(stranger, Roles.EDITOR)
                .body("""
                        {"url": "https://hooks.example.com/in", "events": ["*"], "subscriber_id": "%s"}""".formatted(subscriber))
                .post(WEBHOOKS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("subscriber_id"));
    }

    @Test
    void anExternalReferenceIsOneSubscribers() {
        // Given
        subscriber(FULL);

        // When
        var answer = editor().body("{\"name\": \"Twin\", \"external_reference\": \"account-4711\"}")
                .post(SUBSCRIBERS)
                .then();

        // Then
        answer.statusCode(409).body("errors[0].field", equalTo("external_reference"));
    }

    @Test
    void aPrefixThatTheStoredAuthsHeaderBeginsWithIsRefused() {
        // Given
        String subscriber = subscriber("""
                {"name": "ERP", "auth": {"type": "api_key", "header": "X-Erp-Key", "value": "secret"}}""");

        // When
        var answer = patch(subscriber, "{\"preferences\": {\"header_prefix\": \"X-Erp-\"}}");

        // Then
        answer.statusCode(400).body("errors[0].field", equalTo("auth.header"));
    }

    @Test
    void aLostRaceIsRefused() {
        // Given
        String subscriber = subscriber("{\"name\": \"CRM\"}");

        // When
        var answer = editor().header("If-Match", "\"9\"")
                .body("{\"name\": \"Other\"}")
                .put(SUBSCRIBERS + "/" + subscriber)
                .then();

        // Then
        answer.statusCode(412);
    }

    @Test
    void aPutKeepsTheAuthThatItDoesNotNameAndAPatchTakesItAway() {
        // Given
        String subscriber = subscriber(FULL);

        // When
        var put = editor().body("{\"name\": \"ERP\"}")
                .put(SUBSCRIBERS + "/" + subscriber)
                .then();

        // Then
        put.statusCode(200)
                .body("auth.type", equalTo("bearer"))
                .body("limits.rate_limit", nullValue())
                .body("preferences.timeout", nullValue());
        patch(subscriber, "{\"auth\": null}").statusCode(200).body("auth", nullValue());
    }

    @Test
    void theSameKeyCreatesOneSubscriber() {
        // Given
        String first = editor().header("Idempotency-Key", "once")
                .body("{\"name\": \"CRM\"}")
                .post(SUBSCRIBERS)
                .path("id");

        // When
        String second = editor().header("Idempotency-Key", "once")
                .body("{\"name\": \"CRM\"}")
                .post(SUBSCRIBERS)
                .path("id");

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void subscribersAreListedByStatusAndText() {
        // Given
        String erp = subscriber(FULL);
        String crm = subscriber("{\"name\": \"CRM\", \"is_active\": false}");

        // When
        var inactive =
                viewer().queryParam("status", "inactive").get(SUBSCRIBERS).then();

        // Then
        inactive.body("items.id", contains(crm)).body("total", equalTo(1));
        viewer().queryParam("text", "WAREHOUSE").get(SUBSCRIBERS).then().body("items.id", contains(erp));
        viewer().queryParam("text", "4711").get(SUBSCRIBERS).then().body("items.id", contains(erp));
        viewer().queryParam("limit", 1).get(SUBSCRIBERS).then().body("items.id", contains(erp));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name                                | {}
                    contact.email                       | {"name": "A", "contact": {"email": "nowhere"}}
                    limits.max_webhooks                 | {"name": "A", "limits": {"max_webhooks": -1}}
                    limits.rate_limit.limit             | {"name": "A", "limits": {"rate_limit": {"limit": 0, "per": "second"}}}
                    preferences.payload_format          | {"name": "A", "preferences": {"payload_format": "template"}}
                    preferences.header_prefix           | {"name": "A", "preferences": {"header_prefix": "webhook-"}}
                    preferences.retry_config.retry_on[0]| {"name": "A", "preferences": {"retry_config": {"retry_on": ["never"]}}}
                    preferences.timeout                 | {"name": "A", "preferences": {"timeout": 1}}
                    auth.token                          | {"name": "A", "auth": {"type": "bearer"}}
                    colour                              | {"name": "A", "colour": "red"}
                    """)
    void whatIsWrongIsNamed(String field, String body) {
        // When
        var answer = editor().body(body).post(SUBSCRIBERS).then();

        // Then
        answer.statusCode(400).body("errors.field", hasItem(field));
    }

    @Test
    void usageSaysWhatIsMissingWhileDeliveryServiceIsAway() {
        // Given
        String subscriber = subscriber(FULL);
        webhookOf(subscriber);

        // When
        var answer = viewer().get(SUBSCRIBERS + "/" + subscriber + "/usage").then();

        // Then
        answer.statusCode(200)
                .body("webhooks.total", equalTo(1))
                .body("deliveries", nullValue())
                .body("quotas.daily.limit", equalTo(10_000))
                .body("quotas.daily.used", nullValue())
                .body("is_complete", equalTo(false))
                .body("missing", containsString("delivery-service does not answer"));
    }

    @Test
    void aViewerChangesNothing() {
        // When
        var answer = viewer().body(FULL).post(SUBSCRIBERS).then();

        // Then
        answer.statusCode(403);
    }

    private RequestSpecification editor() {
        return as(tenant, Roles.EDITOR);
    }

    private RequestSpecification viewer() {
        return as(tenant, Roles.VIEWER);
    }

    private ValidatableResponse patch(String subscriber, String json) {
        return editor().contentType("application/merge-patch+json")
                .body(json)
                .patch(SUBSCRIBERS + "/" + subscriber)
                .then();
    }

    private String subscriber(String json) {
        return editor().body(json)
                .post(SUBSCRIBERS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String webhookOf(String subscriber) {
        return createWebhook(tenant, """
                {"url": "https://hooks.example.com/in", "events": ["*"], "subscriber_id": "%s"}""".formatted(subscriber));
    }

    private static EndpointRegistration registration(String id) {
        return CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class);
    }
}
