package io.stockhook.subscription.subscriber;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.subscription.testing.SmallBatches;
import io.stockhook.web.auth.Roles;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What takes more than one step: the figures of another service, and webhooks that are too many for one transaction. */
@QuarkusTest
@TestProfile(SmallBatches.class)
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class SubscriberUsageTests {

    private static final String SUBSCRIBERS = "/api/v1/subscribers";

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Used");
        SmallBatches.queries().clear();
    }

    @Test
    void usageIsSetAgainstTheQuotas() {
        // Given
        String subscriber = subscriber("""
                {"name": "ERP", "limits": {"daily_deliveries": 9, "monthly_deliveries": 10, "max_webhooks": 5}}""");
        String webhook = webhookOf(subscriber);

        // When
        var answer = as(tenant, Roles.VIEWER)
                .queryParam("month", "2026-01")
                .get(SUBSCRIBERS + "/" + subscriber + "/usage")
                .then();

        // Then
        answer.statusCode(200)
                .body("subscriber_id", equalTo(subscriber))
                .body("month", equalTo("2026-01"))
                .body("webhooks.total", equalTo(1))
                .body("webhooks.active", equalTo(1))
                .body("webhooks.limit", equalTo(5))
                .body("deliveries.total", equalTo(10))
                .body("deliveries.successful", equalTo(8))
                .body("deliveries.failed", equalTo(1))
                .body("deliveries.success_rate", equalTo(88.9f))
                .body("quotas.daily.used", equalTo(10))
                .body("quotas.daily.exceeded", equalTo(true))
                .body("quotas.monthly.limit", equalTo(10))
                .body("quotas.monthly.exceeded", equalTo(false))
                .body("by_day", hasSize(2))
                .body("last_active_on", equalTo("2026-01-15"))
                .body("is_complete", equalTo(true))
                .body("missing", nullValue());
        assertThat(SmallBatches.queries())
                .containsExactly(
                        "webhook_id=%s&start_date=2026-01-01&end_date=2026-01-31&group_by=day".formatted(webhook));
    }

    @Test
    void subscriberWithoutWebhooksUsesNothingAndNobodyIsAsked() {
        // Given
        String subscriber = subscriber("{\"name\": \"ERP\"}");

        // When
        var answer = as(tenant, Roles.VIEWER)
                .get(SUBSCRIBERS + "/" + subscriber + "/usage")
                .then();

        // Then
        answer.statusCode(200)
                .body("deliveries.total", equalTo(0))
                .body("deliveries.success_rate", nullValue())
                .body("quotas.daily.limit", nullValue())
                .body("quotas.daily.exceeded", equalTo(false))
                .body("by_day", empty())
                .body("is_complete", equalTo(true));
        assertThat(SmallBatches.queries()).isEmpty();
    }

    @Test
    void monthIsAMonth() {
        // Given
        String subscriber = subscriber("{\"name\": \"ERP\"}");

        // When
        var answer = as(tenant, Roles.VIEWER)
                .queryParam("month", "January")
                .get(SUBSCRIBERS + "/" + subscriber + "/usage")
                .then();

        // Then
        answer.statusCode(400).body("errors[0].field", equalTo("month"));
    }

    @Test
    void anotherTenantsUsageIsNotThere() {
        // Given
        String subscriber = subscriber("{\"name\": \"ERP\"}");

        // When
        var answer = as(createTenant("Stranger"), Roles.OWNER)
                .get(SUBSCRIBERS + "/" + subscriber + "/usage")
                .then();

        // Then
        answer.statusCode(404);
    }

    @Test
    void manyWebhooksFollowAChangeByAndByEachOnce() {
        // Given
        String subscriber = subscriber("{\"name\": \"ERP\"}");
        List<String> webhooks =
                IntStream.range(0, 7).mapToObj(i -> webhookOf(subscriber)).toList();
        String other = createWebhook(tenant, "{\"url\": \"https://hooks.example.com/in\", \"events\": [\"*\"]}");

        // When
        var answer = as(tenant, Roles.EDITOR)
                .contentType("application/merge-patch+json")
                .body("{\"preferences\": {\"timeout\": 2500}}")
                .patch(SUBSCRIBERS + "/" + subscriber)
                .then();

        // Then
        answer.statusCode(202);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        webhooks.stream().map(SubscriberUsageTests::registration))
                .allSatisfy(registration -> {
                    assertThat(registration.timeoutMs()).isEqualTo(2_500);
                    assertThat(registration.version()).isEqualTo(2);
                }));
        assertThat(registration(other).version()).isEqualTo(1);
    }

    @Test
    void manyWebhooksFollowTheSettingsToo() {
        // Given
        List<String> webhooks = Stream.generate(
                        () -> createWebhook(tenant, "{\"url\": \"https://hooks.example.com/in\", \"events\": [\"*\"]}"))
                .limit(4)
                .toList();

        // When
        var answer = as(tenant, Roles.OWNER)
                .body("{\"preferences\": {\"timeout\": 2000}}")
                .put("/api/v1/settings")
                .then();

        // Then
        answer.statusCode(202);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        webhooks.stream().map(SubscriberUsageTests::registration))
                .allSatisfy(registration -> assertThat(registration.timeoutMs()).isEqualTo(2_000)));
    }

    private String subscriber(String json) {
        return as(tenant, Roles.EDITOR)
                .body(json)
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
