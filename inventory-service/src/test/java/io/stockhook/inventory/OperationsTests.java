package io.stockhook.inventory;

import static io.restassured.RestAssured.given;
import static io.stockhook.inventory.Tenant.headphones;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.http.TestHTTPResource;
import io.stockhook.platform.testing.TestPlatform;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@InventoryTest
class OperationsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource(value = "health/ready", management = true)
    URI readiness;

    @TestHTTPResource(value = "metrics", management = true)
    URI metrics;

    @Test
    void theApiIsDescribed() {
        given().accept("application/json")
                .get("/docs/inventory/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/v1/products/{id}/stock-movements"));
    }

    @Test
    void theOutboxIsMeasured() {
        await().atMost(PATIENCE).untilAsserted(() -> given().get(metrics)
                .then()
                .statusCode(200)
                .body(containsString("stockhook_outbox_backlog_records 0.0"))
                .body(containsString("stockhook_outbox_oldest_age_seconds 0.0")));
    }

    @Test
    void aChangeMadeWhileTheBrokerIsAwayIsToldOnceItIsBack() {
        Tenant tenant = Tenant.any();
        awaitReady();

        // When
        TestPlatform.kafka().stop();
        try {
            tenant.create(headphones());
        } finally {
            TestPlatform.kafka().start();
        }

        // Then
        try (PublishedEvents published = new PublishedEvents()) {
            assertThat(published.await(tenant, 1).get(0).type()).isEqualTo("product.created");
        }
        awaitReady();
    }

    private void awaitReady() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get(readiness).then().statusCode(200));
    }
}
