package io.stockhook.inventory;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.Ids;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.auth.Roles;
import java.util.Map;
import java.util.TreeMap;

/** A tenant of its own for each test, so that tests share a database and see nothing of each other. */
public record Tenant(String id) {

    public static Tenant any() {
        return new Tenant(Ids.next(Ids.Kind.TENANT));
    }

    /** A request by somebody of this role. */
    public RequestSpecification as(String role) {
        return given().auth().oauth2(TestTokens.of(id, role)).contentType("application/json");
    }

    public RequestSpecification asEditor() {
        return as(Roles.EDITOR);
    }

    /** Headphones, ten of them, with the given fields set otherwise. */
    public static Map<String, Object> headphones(Object... fields) {
        Map<String, Object> product = new TreeMap<>(Map.of(
                "sku",
                "HEADPHONES-01",
                "name",
                "Wireless Headphones",
                "price",
                199,
                "currency",
                "EUR",
                "quantity",
                10));
        for (int i = 0; i < fields.length; i += 2) {
            product.put((String) fields[i], fields[i + 1]);
        }
        return product;
    }

    /** Creates a product and returns its id. */
    public String create(Map<String, Object> product) {
        return asEditor()
                .body(product)
                .post("/api/v1/products")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Asks for a movement of a product's stock. */
    public ValidatableResponse move(String productId, String type, long quantity) {
        return asEditor()
                .body(Map.of("type", type, "quantity", quantity))
                .post("/api/v1/products/{id}/stock-movements", productId)
                .then();
    }
}
