package io.stockhook.subscription.webhook;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many requests an endpoint takes, and when its circuit opens. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class RateLimitApiTests {

    private static final String WEBHOOKS = "/api/v1/webhooks";

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Rates");
    }

    @Test
    void bothAreShownAsTheyWereGivenAndPublished() {
        // When
        String id = createWebhook(
                tenant,
                webhook("\"rate_limit\": {\"limit\": 100, \"per\": \"minute\"}, \"breaker\": {\"failure_rate\": 0.8}"));

        // Then
        editor().get(WEBHOOKS + "/" + id)
                .then()
                .body("rate_limit.limit", equalTo(100))
                .body("rate_limit.per", equalTo("minute"))
                .body("rate_limit.burst", equalTo(1))
                .body("breaker.enabled", equalTo(true))
                .body("breaker.failure_rate", equalTo(0.8f))
                .body("breaker.open_for", equalTo(30_000));
        EndpointRegistration published = published(id);
        assertThat(published.rateLimit()).isEqualTo(new EndpointRegistration.RateLimit(100, 60_000, 1));
        assertThat(published.breaker()).isEqualTo(new EndpointRegistration.Breaker(true, 0.8, 20, 60_000, 30_000));
    }

    @Test
    void patchChangesOneValueAndTakesTheWholeAway() {
        // Given
        String id = createWebhook(tenant, webhook("\"rate_limit\": {\"limit\": 5, \"per\": \"second\"}"));

        // When
        editor().contentType("application/merge-patch+json")
                .body("{\"rate_limit\": {\"burst\": 3}}")
                .patch(WEBHOOKS + "/" + id)
                .then()
                .body("rate_limit.limit", equalTo(5))
                .body("rate_limit.burst", equalTo(3));

        // Then
        editor().contentType("application/merge-patch+json")
                .body("{\"rate_limit\": null}")
                .patch(WEBHOOKS + "/" + id)
                .then()
                .body("rate_limit", nullValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "rate_limit": {"limit": 0, "per": "second"}               | rate_limit.limit
            "rate_limit": {"per": "second"}                           | rate_limit.limit
            "rate_limit": {"limit": 10}                               | rate_limit.per
            "rate_limit": {"limit": 10, "per": "day"}                 | rate_limit.per
            "rate_limit": {"limit": 10, "per": "hour", "burst": 0}    | rate_limit.burst
            "rate_limit": {"limit": 10, "per": "hour", "bursts": 1}   | rate_limit.bursts
            "breaker": {"failure_rate": 0}                            | breaker.failure_rate
            "breaker": {"failure_rate": 1.5}                          | breaker.failure_rate
            "breaker": {"window": 10}                                 | breaker.window
            "breaker": {"open_for": 600001}                           | breaker.open_for
            "breaker": {"minimum_attempts": 0}                        | breaker.minimum_attempts
            """)
    void whatIsOutOfRangeIsRefusedByName(String fields, String field) {
        editor().body(webhook(fields)).post(WEBHOOKS).then().statusCode(400).body("errors.field", contains(field));
    }

    private RequestSpecification editor() {
        return as(tenant, Roles.EDITOR);
    }

    private static String webhook(String fields) {
        return "{\"url\": \"https://hooks.example.com/in\", \"events\": [\"*\"], " + fields + "}";
    }

    private static EndpointRegistration published(String id) {
        return CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class);
    }
}
