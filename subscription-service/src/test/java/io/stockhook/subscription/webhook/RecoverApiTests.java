package io.stockhook.subscription.webhook;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.subscription.testing.DeliveryServiceDouble;
import io.stockhook.web.auth.Roles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recovering a webhook, closing its circuit and showing it, while delivery-service is away. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class RecoverApiTests {

    private static final String WEBHOOKS = "/api/v1/webhooks/";
    private static final String SINCE = "{\"since\": \"2026-01-31T12:00:00Z\"}";

    private String tenant = "";
    private String webhook = "";

    @BeforeEach
    void aWebhook() {
        DeliveryServiceDouble.reset();
        tenant = createTenant("Recovery");
        webhook = createWebhook(tenant, "{\"url\": \"https://hooks.example.com/in\", \"events\": [\"*\"]}");
    }

    @Test
    void deliveryServiceThatIsAwayIsSaidSo() {
        recover(tenant, SINCE)
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("detail", containsString("delivery-service"));
    }

    @Test
    void webhooksAreShownWithoutTheirFigures() {
        as(tenant, Roles.VIEWER)
                .get(WEBHOOKS + webhook)
                .then()
                .statusCode(200)
                .body("url", equalTo("https://hooks.example.com/in"))
                .body("figures", equalTo("unavailable"))
                .body("success_count", nullValue());
        as(tenant, Roles.VIEWER)
                .get("/api/v1/webhooks")
                .then()
                .statusCode(200)
                .body("figures", equalTo("unavailable"))
                .body("summary.total_webhooks", equalTo(1))
                .body("summary.total_events", nullValue());
    }

    @Test
    void theirDeliveriesAndTestsAreNotThere() {
        as(tenant, Roles.VIEWER)
                .get(WEBHOOKS + webhook + "/deliveries")
                .then()
                .statusCode(503)
                .header("Retry-After", "5");
        as(tenant, Roles.EDITOR)
                .post(WEBHOOKS + webhook + "/test")
                .then()
                .statusCode(503)
                .header("Retry-After", "5");
    }

    @Test
    void disabledWebhookHasToBeEnabledFirst() {
        // Given
        as(tenant, Roles.EDITOR).post(WEBHOOKS + webhook + "/disable").then().statusCode(200);

        // Then
        recover(tenant, SINCE).statusCode(409).body("detail", containsString("enable it first"));
    }

    @Test
    void timeIsAskedForByName() {
        recover(tenant, "{}").statusCode(400).body("errors.field", contains("since"));
        recover(tenant, "{\"since\": \"yesterday\"}").statusCode(400).body("errors.field", contains("since"));
    }

    @Test
    void webhookOfAnotherTenantIsNotThere() {
        recover(createTenant("Other"), SINCE).statusCode(404);
    }

    @Test
    void resettingTheCircuitPublishesAnotherVersion() {
        // Given
        long before = published().version();

        // When
        as(tenant, Roles.EDITOR)
                .post(WEBHOOKS + webhook + "/breaker/reset")
                .then()
                .statusCode(200);

        // Then
        assertThat(published().version()).isEqualTo(before + 1);
    }

    private ValidatableResponse recover(String caller, String body) {
        return as(caller, Roles.EDITOR)
                .body(body)
                .post(WEBHOOKS + webhook + "/recover")
                .then();
    }

    private EndpointRegistration published() {
        return CompactedTopic.latest(Topics.ENDPOINTS, webhook, EndpointRegistration.class);
    }
}
