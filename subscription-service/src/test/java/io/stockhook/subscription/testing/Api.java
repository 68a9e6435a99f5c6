package io.stockhook.subscription.testing;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.web.auth.Roles;

/** Requests to the service under test, by who sends them. */
public final class Api {

    private Api() {}

    /** A request of the platform's admin. */
    public static RequestSpecification asAdmin() {
        return as(TenantService.PLATFORM, Roles.ADMIN);
    }

    /** A request of someone with this role in this tenant. */
    public static RequestSpecification as(String tenant, String role) {
        return withToken(TestTokens.of(tenant, role));
    }

    /** A request with this bearer token. */
    public static RequestSpecification withToken(String token) {
        return given().auth().oauth2(token).contentType("application/json");
    }

    /** A new tenant of this name. */
    public static String createTenant(String name) {
        return asAdmin()
                .body("{\"name\": \"%s\"}".formatted(name))
                .post("/api/v1/tenants")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** A new webhook of this tenant, made from this JSON. */
    public static String createWebhook(String tenant, String json) {
        return as(tenant, Roles.EDITOR)
                .body(json)
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
