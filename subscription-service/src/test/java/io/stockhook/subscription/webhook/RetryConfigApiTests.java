package io.stockhook.subscription.webhook;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import java.util.List;
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
class RetryConfigApiTests {

    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String SCHEDULED = """
            {"schedule": [0, 60000, 900000], "jitter": 0.1, "retry_on": ["5xx", "429", "timeout"],
             "respect_retry_after": false, "max_duration": 86400000}""";

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Retries");
    }

    @Test
    void aWholePolicyIsShownAsItWasGivenAndPublished() {
        // When
        String id = createWebhook(tenant, webhook(SCHEDULED));

        // Then
        editor().get(WEBHOOKS + "/" + id)
                .then()
                .body("retry_config.max_retries", nullValue())
                .body("retry_config.retry_delay", nullValue())
                .body("retry_config.schedule", contains(0, 60_000, 900_000))
                .body("retry_config.jitter", equalTo(0.1f))
                .body("retry_config.retry_on", contains("5xx", "429", "timeout"))
                .body("retry_config.respect_retry_after", equalTo(false))
                .body("retry_config.max_duration", equalTo(86_400_000));
        assertThat(retry(id))
                .isEqualTo(new EndpointRegistration.RetryConfig(
                        null,
                        null,
                        null,
                        null,
                        List.of(0L, 60_000L, 900_000L),
                        0.1,
                        List.of("5xx", "429", "timeout"),
                        false,
                        86_400_000L));
    }

    @Test
    void aPolicyWithoutDelaysLeavesThemToThePlatform() {
        // When
        String id = createWebhook(tenant, webhook("{\"retry_on\": [\"5xx\"]}"));

        // Then
        assertThat(retry(id))
                .isEqualTo(new EndpointRegistration.RetryConfig(
                        null, null, null, null, null, null, List.of("5xx"), null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"max_retries\": 5}", "{\"retry_delay\": 5000}", "{\"backoff_multiplier\": 2}"})
    void whatIsNotSaidOfDelaysThatGrowHasItsDefault(String config) {
        assertThat(retry(createWebhook(tenant, webhook(config))))
                .isEqualTo(new EndpointRegistration.RetryConfig(5, 5_000, 2, null));
    }

    @Test
    void delaysThatGrowGiveWayToAScheduleWhenThePatchTakesThemOut() {
        // Given
        String id = createWebhook(tenant, webhook("{\"max_retries\": 3}"));

        // When
        patch(id, "{\"retry_config\": {\"schedule\": [1000]}}")
                .statusCode(400)
                .body(
                        "errors.field",
                        containsInAnyOrder(
                                "retry_config.max_retries",
                                "retry_config.retry_delay",
                                "retry_config.backoff_multiplier"));
        var answer = patch(id, """
                {"retry_config": {"schedule": [1000], "max_retries": null, "retry_delay": null,
                                  "backoff_multiplier": null}}""");

        // Then
        answer.statusCode(200).body("retry_config.schedule", contains(1_000));
        assertThat(retry(id).maxRetries()).isNull();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    retry_config.schedule            | {"schedule": []}
                    retry_config.schedule[1]         | {"schedule": [0, -1]}
                    retry_config.schedule[0]         | {"schedule": [604800001]}
                    retry_config.schedule[0]         | {"schedule": [null]}
                    retry_config.schedule[0]         | {"schedule": ["1m"]}
                    retry_config.max_delay           | {"schedule": [0], "max_delay": 1000}
                    retry_config.jitter              | {"jitter": 1.01}
                    retry_config.jitter              | {"jitter": -0.1}
                    retry_config.retry_on            | {"retry_on": []}
                    retry_config.retry_on[1]         | {"retry_on": ["5xx", "410"]}
                    retry_config.retry_on[0]         | {"retry_on": ["2xx"]}
                    retry_config.retry_on[0]         | {"retry_on": ["anything"]}
                    retry_config.retry_on[0]         | {"retry_on": [null]}
                    retry_config.respect_retry_after | {"respect_retry_after": "no"}
                    retry_config.max_duration        | {"max_duration": 999}
                    retry_config.max_duration        | {"max_duration": 4000, "max_retries": 3}
                    retry_config.max_duration        | {"max_duration": 5000, "schedule": [5000]}
                    retry_config.do_not_retry        | {"do_not_retry": ["404"]}
                    """)
    void theFieldThatIsWrongIsNamed(String field, String config) {
        editor().body(webhook(config))
                .post(WEBHOOKS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", contains(field));
    }

    private static String webhook(String retryConfig) {
        return """
                {"url": "https://hooks.example.com/in", "events": ["*"], "retry_config": %s}""".formatted(retryConfig);
    }

    private ValidatableResponse patch(String id, String patch) {
        return editor().contentType("application/merge-patch+json")
                .body(patch)
                .patch(WEBHOOKS + "/" + id)
                .then();
    }

    private static EndpointRegistration.RetryConfig retry(String id) {
        return Objects.requireNonNull(CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class)
                .retry());
    }

    private RequestSpecification editor() {
        return as(tenant, Roles.EDITOR);
    }
}
