package io.stockhook.subscription.publication;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class LatePublicationTests {

    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @Test
    void aChangeWhileTheBrokerIsAwayIsAnsweredWith202AndPublishedLater() {
        // Given
        String tenant = createTenant("Patient");
        String id = createWebhook(tenant, """
                {"url": "https://hooks.example.com/in", "events": ["*"]}""");
        TestPlatform.kafka().stop();

        // When
        try {
            as(tenant, Roles.EDITOR)
                    .body("{\"name\": \"changed meanwhile\"}")
                    .patch("/api/v1/webhooks/" + id)
                    .then()
                    .statusCode(202)
                    .body("name", equalTo("changed meanwhile"));
        } finally {
            TestPlatform.kafka().start();
        }

        // Then
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class)
                                .name())
                        .isEqualTo("changed meanwhile"));
    }
}
