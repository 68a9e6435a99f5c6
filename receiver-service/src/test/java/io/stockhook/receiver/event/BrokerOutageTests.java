package io.stockhook.receiver.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.receiver.ReceivedRecords;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "receiver"))
class BrokerOutageTests {

    private static final String TENANT = TestTokens.tenant("outage");

    @Test
    void whatIsUnconfirmedWhileKafkaIsAwayIsPublishedWhenItIsBack() {
        // Given
        String id = "test-" + UUID.randomUUID();
        String orderId;
        TestPlatform.kafka().kill();

        // When
        try {
            given().auth()
                    .oauth2(TestTokens.of(TENANT, "publisher"))
                    .contentType("application/json")
                    .body("{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{\"a\":1}}".formatted(id))
                    .post("/api/v1/events")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", notNullValue())
                    .body("results[0].id", equalTo(id))
                    .body("results[0].status", equalTo("unconfirmed"));
            orderId = given().auth()
                    .oauth2(TestTokens.of(TENANT, "publisher"))
                    .contentType("application/json")
                    .body("""
                            {"event_type":"order.created","event":"Order 1",
                             "created_at":"2026-01-31T12:00:00Z","updated_at":"2026-01-31T12:00:00Z"}
                            """)
                    .post("/api/v1/webhooks/order")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("id");
        } finally {
            TestPlatform.kafka().start();
        }

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(ReceivedRecords.ofEvent(TENANT, id)).isNotEmpty();
            assertThat(ReceivedRecords.ofEvent(TENANT, orderId)).isNotEmpty();
        });
    }
}
