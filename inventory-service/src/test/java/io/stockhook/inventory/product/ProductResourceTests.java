package io.stockhook.inventory.product;

import static io.restassured.RestAssured.given;
import static io.stockhook.inventory.Tenant.headphones;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.stockhook.inventory.InventoryTest;
import io.stockhook.inventory.Tenant;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.patch.MergePatch;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@InventoryTest
class ProductResourceTests {

    private static final String PRODUCTS = "/api/v1/products";
    private static final String ONE = PRODUCTS + "/{id}";

    private final Tenant tenant = Tenant.any();

    @Inject
    DataSource dataSource;

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483647", "1000000000000000", "1e-2147483647"})
    void aPriceBeyondItsRangeIs400(String price) {
        tenant.asEditor()
                .body("{\"sku\":\"S-1\",\"name\":\"Lamp\",\"price\":%s,\"currency\":\"EUR\",\"quantity\":3}"
                        .formatted(price))
                .post(PRODUCTS)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("price"));
        for (String bound : List.of("price_min", "price_max")) {
            tenant.asEditor()
                    .queryParam(bound, price)
                    .get(PRODUCTS)
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem(bound));
        }
    }

    @Test
    void anIdThatIsNoneIsNotFound() {
        var editor = tenant.asEditor().urlEncodingEnabled(false);
        String path = PRODUCTS + "/%00";
        String movement = "{\"type\":\"inflow\",\"quantity\":1}";
        given().spec(editor).get(path).then().statusCode(404);
        given().spec(editor).body("{}").patch(path).then().statusCode(404);
        given().spec(editor).delete(path).then().statusCode(404);
        given().spec(editor).get(path + "/movements").then().statusCode(404);
        given().spec(editor).get("/api/v1/stock-movements/%00").then().statusCode(404);
        given().spec(editor).body(movement).post(path + "/movements").then().statusCode(404);
        given().spec(editor)
                .header("Idempotency-Key", "key-1")
                .body(movement)
                .post(path + "/movements")
                .then()
                .statusCode(404);
    }

    @Test
    void aCursorThatPointsAtNoProductIs400() {
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString("NAME\nprd_x\nLamp".getBytes(UTF_8));
        tenant.asEditor()
                .queryParam("sort", "name")
                .queryParam("cursor", cursor)
                .get(PRODUCTS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("cursor"));
    }

    @Test
    void aCreatedProductIsShownWithItsPlaceAndVersion() {
        // When
        var answer = tenant.asEditor().body("""
                {"sku":"S-1","name":"Lamp","price":19.90,"currency":"EUR","quantity":3,"attributes":{"watt":4.50}}""").post(PRODUCTS).then();

        // Then
        answer.statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", containsString(PRODUCTS + "/prd_"))
                .body(containsString("\"price\":19.90"))
                .body(containsString("\"watt\":4.50"))
                .body("id", startsWith("prd_"))
                .body("version", equalTo(1))
                .body("quantity", equalTo(3))
                .body("reserved", equalTo(0))
                .body("threshold", equalTo(0))
                .body("brand", nullValue())
                .body("created_at", endsWith("Z"));
        String id = answer.extract().path("id");
        tenant.as(Roles.VIEWER)
                .get(ONE, id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("name", equalTo("Lamp"));
    }

    @Test
    void aSkuBelongsToOneProductOfATenant() {
        tenant.create(headphones());

        // When
        var again = tenant.asEditor().body(headphones()).post(PRODUCTS).then();

        // Then
        again.statusCode(409)
                .contentType("application/problem+json")
                .body("errors.field", contains("sku"))
                .body("detail", containsString("HEADPHONES-01"));
        Tenant.any().create(headphones());
    }

    @Test
    void aRepeatedCreationIsAnsweredAsTheFirst() {
        // When
        var first = tenant.asEditor()
                .header("Idempotency-Key", "k1")
                .body(headphones())
                .post(PRODUCTS);
        var second = tenant.asEditor()
                .header("Idempotency-Key", "k1")
                .body(headphones())
                .post(PRODUCTS);
        var other = tenant.asEditor()
                .header("Idempotency-Key", "k1")
                .body(headphones("name", "Other"))
                .post(PRODUCTS);

        // Then
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.<String>path("id")).isEqualTo(first.path("id"));
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    sku         | {"sku":""}
                    sku         | {"sku":null}
                    sku         | {"sku":"a\\u0007b"}
                    name        | {"name":7}
                    price       | {"price":-0.01}
                    price       | {"price":0.00001}
                    price       | {"price":1e400}
                    price       | {"price":"12"}
                    price       | {"price":null}
                    currency    | {"currency":"EURO"}
                    currency    | {"currency":"eur"}
                    quantity    | {"quantity":-1}
                    quantity    | {"quantity":1.5}
                    quantity    | {"quantity":1000000000001}
                    threshold   | {"threshold":-1}
                    attributes  | {"attributes":[]}
                    attributes  | {"attributes":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}
                    colour      | {"colour":"red"}
                    """)
    void whatDoesNotFitIsRefusedByName(String field, String wrong) {
        String id = tenant.create(headphones());

        // When
        var answer = tenant.asEditor()
                .contentType(MergePatch.MEDIA_TYPE)
                .body(wrong)
                .patch(ONE, id)
                .then();

        // Then
        answer.statusCode(400).contentType("application/problem+json").body("errors.field", hasItem(field));
    }

    @Test
    void everyMissingFieldIsNamed() {
        tenant.asEditor()
                .body("{}")
                .post(PRODUCTS)
                .then()
                .statusCode(400)
                .body("errors.field", contains("currency", "name", "price", "quantity", "sku"));
    }

    @Test
    void aPatchChangesWhatItNamesAndRemovesWhatItNulls() {
        String id = tenant.create(headphones("brand", "Acme", "attributes", Map.of("color", "black", "size", "L")));

        // When
        var answer = tenant.asEditor()
                .contentType(MergePatch.MEDIA_TYPE)
                .body("""
                        {"price":179.90,"brand":null,"attributes":{"size":null,"weight":250}}""")
                .patch(ONE, id)
                .then();

        // Then
        answer.statusCode(200)
                .header("ETag", "\"2\"")
                .body(containsString("\"price\":179.90"))
                .body("brand", nullValue())
                .body("name", equalTo("Wireless Headphones"))
                .body("attributes", equalTo(Map.of("color", "black", "weight", 250)));
    }

    @Test
    void aReplacementClearsWhatItDoesNotName() {
        String id = tenant.create(headphones("brand", "Acme", "threshold", 5));

        // When
        var answer =
                tenant.asEditor().body(headphones("quantity", 12)).put(ONE, id).then();

        // Then
        answer.statusCode(200)
                .body("brand", nullValue())
                .body("threshold", equalTo(0))
                .body("quantity", equalTo(12))
                .body("version", equalTo(2));
    }

    @Test
    void aChangeThatChangesNothingMakesNoVersion() {
        String id = tenant.create(headphones());

        // When
        var answer = tenant.asEditor().body("{\"price\":199.00}").patch(ONE, id).then();

        // Then
        answer.statusCode(200).header("ETag", "\"1\"").body("version", equalTo(1));
    }

    @Test
    void aChangeOfAStaleVersionIsRefused() {
        String id = tenant.create(headphones());
        tenant.asEditor()
                .header("If-Match", "\"1\"")
                .body("{\"name\":\"B\"}")
                .patch(ONE, id)
                .then()
                .statusCode(200);

        // When
        var patch = tenant.asEditor()
                .header("If-Match", "\"1\"")
                .body("{\"name\":\"C\"}")
                .patch(ONE, id);
        var delete = tenant.asEditor().header("If-Match", "\"1\"").delete(ONE, id);

        // Then
        assertThat(patch.statusCode()).isEqualTo(412);
        assertThat(delete.statusCode()).isEqualTo(412);
        tenant.asEditor().header("If-Match", "\"2\"").delete(ONE, id).then().statusCode(204);
        tenant.asEditor().get(ONE, id).then().statusCode(404);
    }

    @Test
    void aForeignProductDoesNotExist() {
        String id = Tenant.any().create(headphones());

        // Then
        tenant.asEditor().get(ONE, id).then().statusCode(404).contentType("application/problem+json");
        tenant.asEditor().body(headphones()).put(ONE, id).then().statusCode(404);
        tenant.asEditor().body("{}").patch(ONE, id).then().statusCode(404);
        tenant.asEditor().delete(ONE, id).then().statusCode(404);
        tenant.asEditor().get(PRODUCTS).then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void rowsAreHiddenFromAConnectionThatNamesNoTenant() throws SQLException {
        tenant.create(headphones());

        // When
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from product")) {
            row.next();

            // Then
            assertThat(row.getLong(1)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "price_rank between 5 and 7 order by price_rank, id | product_by_price | price_rank >=",
                "(price_rank, id) > (5, 'prd_1') order by price_rank, id | product_by_price | ROW(price_rank, id) >",
                "(name, id) > ('a', 'prd_1') order by name, id | product_by_name | ROW(name, id) >",
                "quantity = 0 and quantity <= threshold order by id | product_running_out | tenant_id =",
            })
    void anIndexServesAListUnderRowLevelSecurity(String rest, String index, String condition) {
        String plan = TenantScope.as(
                tenant.id(), () -> QuarkusTransaction.requiringNew().call(() -> {
                    try (var connection = dataSource.getConnection();
                            var statement = connection.createStatement()) {
                        statement.execute("set local enable_seqscan = off");
                        statement.execute("set local enable_sort = off");
                        var lines = statement.executeQuery(
                                "explain select * from product where tenant_id = '%s' and %s limit 5"
                                        .formatted(tenant.id(), rest));
                        StringBuilder text = new StringBuilder();
                        while (lines.next()) {
                            text.append(lines.getString(1)).append('\n');
                        }
                        return text.toString();
                    }
                }));
        assertThat(plan).contains(index);
        assertThat(plan.lines().filter(line -> line.contains("Index Cond")))
                .anySatisfy(line -> assertThat(line).contains(condition));
    }

    @Test
    void aViewerReadsAndDoesNotWrite() {
        String id = tenant.create(headphones());

        // Then
        tenant.as(Roles.VIEWER).get(PRODUCTS).then().statusCode(200);
        tenant.as(Roles.VIEWER).body(headphones()).post(PRODUCTS).then().statusCode(403);
        tenant.as(Roles.VIEWER).body(headphones()).put(ONE, id).then().statusCode(403);
        tenant.as(Roles.VIEWER).body("{}").patch(ONE, id).then().statusCode(403);
        tenant.as(Roles.VIEWER).delete(ONE, id).then().statusCode(403);
        tenant.as(Roles.PUBLISHER).get(PRODUCTS).then().statusCode(403);
        tenant.as(Roles.ADMIN).get(PRODUCTS).then().statusCode(403);
        tenant.as(Roles.OWNER).delete(ONE, id).then().statusCode(204);
    }

    @Test
    void nobodyIsLetInWithoutAToken() {
        given().get(PRODUCTS).then().statusCode(401).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "-id", "name", "-name", "price", "-price"})
    void aListIsReadInPagesWithoutGapOrRepetition(String sort) {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(tenant.create(headphones("sku", "S-" + i, "name", "N" + (7 * i % 5), "price", i % 2)));
        }

        // When
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var page = tenant.as(Roles.VIEWER).queryParam("limit", 2).queryParam("sort", sort);
            if (cursor != null) {
                page.queryParam("cursor", cursor);
            }
            var answer = page.get(PRODUCTS).then().statusCode(200).extract();
            seen.addAll(answer.path("items.id"));
            cursor = answer.path("next");
        } while (cursor != null);

        // Then
        assertThat(seen).containsExactlyInAnyOrderElementsOf(created);
        if (sort.equals("id")) {
            assertThat(seen).isSorted();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sku, LAMP, LAMP",
        "category, Light, LAMP",
        "brand, Acme, LAMP",
        "supplier, Wholesale, LAMP",
        "text, lAm, LAMP",
        "text, 100%, SOCK",
        "stock_state, in_stock, LAMP",
        "stock_state, low_stock, SOCK",
        "stock_state, out_of_stock, TENT",
        "price_min, 50.01, TENT",
        "price_max, 4.99, SOCK"
    })
    void aFilterShowsWhatHoldsToIt(String filter, String value, String expected) {
        tenant.create(
                headphones("sku", "LAMP", "price", 50, "category", "Light", "brand", "Acme", "supplier", "Wholesale"));
        tenant.create(headphones("sku", "SOCK", "name", "100% wool", "price", 4, "quantity", 2, "threshold", 2));
        tenant.create(headphones("sku", "TENT", "price", 99, "quantity", 0));

        // When
        var answer =
                tenant.as(Roles.VIEWER).queryParam(filter, value).get(PRODUCTS).then();

        // Then
        answer.statusCode(200).body("items.sku", contains(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, limit",
        "limit, many, limit",
        "offset, 10, cursor",
        "cursor, nonsense, cursor",
        "sort, colour, sort",
        "stock_state, some, stock_state",
        "price_min, cheap, price_min",
        "price_max, -1, price_max",
        "price_max, 1e999999999, price_max"
    })
    void aQueryThatDoesNotFitIsRefusedByName(String parameter, String value, String field) {
        tenant.as(Roles.VIEWER)
                .queryParam(parameter, value)
                .get(PRODUCTS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", hasItem(field));
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        tenant.create(headphones("sku", "S-1"));
        tenant.create(headphones("sku", "S-2"));
        String cursor = tenant.asEditor().queryParam("limit", 1).get(PRODUCTS).path("next");

        // When
        var answer = tenant.asEditor()
                .queryParam("sort", "price")
                .queryParam("cursor", cursor)
                .get(PRODUCTS)
                .then();

        // Then
        answer.statusCode(400).body("errors.field", contains("cursor"));
    }

    @Test
    void aTrailingSlashIsAccepted() {
        tenant.as(Roles.VIEWER).get(PRODUCTS + "/").then().statusCode(200);
    }
}
