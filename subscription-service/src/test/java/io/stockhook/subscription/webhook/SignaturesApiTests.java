package io.stockhook.subscription.webhook;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.web.auth.Roles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class SignaturesApiTests {

    private String tenant = "";
    private String id = "";

    @BeforeEach
    void aWebhook() {
        tenant = createTenant("Signing");
        id = createWebhook(tenant, """
                {"name": "erp", "url": "https://hooks.example.com/in", "events": ["*"], "signature": {"schemes": ["v1", "v1a"]}}""");
    }

    @Test
    void aWebhooksSchemesAndTheAgeOfItsSecretAreShown() {
        signatures()
                .body("items", hasSize(1))
                .body("total", equalTo(1))
                .body("items[0].webhook_id", equalTo(id))
                .body("items[0].name", equalTo("erp"))
                .body("items[0].schemes[1]", equalTo("v1a"))
                .body("items[0].public_keys", hasSize(1))
                .body("items[0].secret_since", notNullValue())
                .body("items[0].valid_secrets", equalTo(1))
                .body("items[0].previous_secret_valid_until", nullValue())
                .body("items[0].rotation_due", equalTo(false));
    }

    @Test
    void aRotationIsShownWhileBothSecretsSign() {
        // Given
        String since = signatures().extract().path("items[0].secret_since");

        // When
        as(tenant, Roles.EDITOR)
                .post("/api/v1/webhooks/" + id + "/rotate-secret")
                .then()
                .statusCode(200);

        // Then
        signatures()
                .body("items[0].valid_secrets", equalTo(2))
                .body("items[0].public_keys", hasSize(2))
                .body("items[0].previous_secret_valid_until", notNullValue())
                .body("items[0].secret_since", greaterThan(since));
    }

    @Test
    void anotherTenantsAreNotShown() {
        as(createTenant("Stranger"), Roles.VIEWER)
                .get("/api/v1/security/signatures")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    private ValidatableResponse signatures() {
        return as(tenant, Roles.VIEWER)
                .get("/api/v1/security/signatures")
                .then()
                .statusCode(200);
    }
}
