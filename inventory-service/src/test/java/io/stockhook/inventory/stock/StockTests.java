package io.stockhook.inventory.stock;

import static io.stockhook.inventory.Tenant.headphones;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.stockhook.inventory.InventoryTest;
import io.stockhook.inventory.Tenant;
import io.stockhook.web.auth.Roles;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@InventoryTest
class StockTests {

    private static final String PRODUCT = "/api/v1/products/{id}";
    private static final String MOVEMENTS = PRODUCT + "/stock-movements";
    private static final String LEDGER = "/api/v1/stock-movements";

    private final Tenant tenant = Tenant.any();

    @Test
    void aMovementMovesTheQuantityAndStandsInTheLedger() {
        String id = tenant.create(headphones("quantity", 10));

        // When
        var answer = tenant.asEditor()
                .body(Map.of("type", "outflow", "quantity", 3, "reason", "Sold", "reference", "ORDER-1"))
                .post(MOVEMENTS, id)
                .then();

        // Then
        answer.statusCode(201)
                .body("id", startsWith("mov_"))
                .body("product_id", equalTo(id))
                .body("type", equalTo("outflow"))
                .body("quantity", equalTo(3))
                .body("quantity_before", equalTo(10))
                .body("quantity_after", equalTo(7))
                .body("reason", equalTo("Sold"))
                .body("reference", equalTo("ORDER-1"));
        tenant.asEditor()
                .get(LEDGER + "/{id}", answer.extract().<String>path("id"))
                .then()
                .statusCode(200)
                .body("quantity_after", equalTo(7));
        tenant.asEditor().get(PRODUCT, id).then().body("quantity", equalTo(7)).body("version", equalTo(2));
    }

    @Test
    void whatIsReservedIsNotAvailableUntilReleased() {
        String id = tenant.create(headphones("quantity", 10));

        // When
        tenant.move(id, "reservation", 8).statusCode(201).body("reserved_after", equalTo(8));

        // Then
        tenant.move(id, "outflow", 3).statusCode(409).body("detail", containsString("there is: 2"));
        tenant.move(id, "release", 9).statusCode(409).body("detail", containsString("reserved: 8"));
        tenant.move(id, "release", 5).statusCode(201).body("quantity_after", equalTo(7));
        tenant.asEditor().get(PRODUCT, id).then().body("quantity", equalTo(7)).body("reserved", equalTo(3));
    }

    @Test
    void anOutflowOfMoreThanThereIsNamesWhatThereIs() {
        String id = tenant.create(headphones("quantity", 2));

        // When
        var answer = tenant.move(id, "outflow", 3);

        // Then
        answer.statusCode(409)
                .contentType("application/problem+json")
                .body("errors.field", contains("quantity"))
                .body("detail", equalTo("An outflow of 3 is more than there is: 2."));
        tenant.asEditor().get(PRODUCT, id).then().body("quantity", equalTo(2)).body("version", equalTo(1));
    }

    @Test
    void aHundredParallelOutflowsTakeExactlyWhatThereIs() throws Exception {
        String id = tenant.create(headphones("quantity", 60));
        var callers = Executors.newFixedThreadPool(20);

        // When
        var answers = callers.invokeAll(Collections.<Callable<Integer>>nCopies(
                100, () -> tenant.move(id, "outflow", 1).extract().statusCode()));
        callers.shutdown();

        // Then
        int sold = 0;
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isIn(201, 409);
            sold += answer.get() == 201 ? 1 : 0;
        }
        assertThat(sold).isEqualTo(60);
        tenant.asEditor().get(PRODUCT, id).then().body("quantity", equalTo(0)).body("version", equalTo(61));
    }

    @Test
    void theLedgerAddsUpToTheQuantityHoweverItWasChanged() {
        String id = tenant.create(headphones("quantity", 10));
        tenant.asEditor().body("{\"quantity\":25}").patch(PRODUCT, id);
        tenant.move(id, "outflow", 4);

        // When
        var ledger = tenant.as(Roles.VIEWER).get(MOVEMENTS, id).then();

        // Then
        ledger.statusCode(200)
                .body("items.type", contains("outflow", "adjustment", "adjustment"))
                .body("items.quantity", contains(4, 15, 10))
                .body("items.quantity_after", contains(21, 25, 10));
    }

    @Test
    void theLedgerIsReadInPagesNewestFirst() {
        String id = tenant.create(headphones("quantity", 0));
        for (int i = 1; i <= 3; i++) {
            tenant.move(id, "inflow", i);
        }

        // When
        var first = tenant.asEditor().queryParam("limit", 2).get(MOVEMENTS, id).then();
        String next = first.extract().path("next");
        var second = tenant.asEditor()
                .queryParam("limit", 2)
                .queryParam("cursor", next)
                .get(MOVEMENTS, id)
                .then();

        // Then
        first.body("items.quantity", contains(3, 2)).header("Link", containsString("rel=\"next\""));
        second.body("items.quantity", contains(1)).body("next", nullValue());
    }

    @Test
    void theWholeLedgerIsFilteredByProductAndType() {
        String first = tenant.create(headphones("sku", "A", "quantity", 0));
        String second = tenant.create(headphones("sku", "B", "quantity", 0));
        tenant.move(first, "inflow", 1);
        tenant.move(first, "outflow", 1);
        tenant.move(second, "inflow", 2);

        // Then
        tenant.asEditor().get(LEDGER).then().body("items", hasSize(3));
        tenant.asEditor().queryParam("product_id", first).get(LEDGER).then().body("items", hasSize(2));
        tenant.asEditor().queryParam("type", "inflow").get(LEDGER).then().body("items.quantity", contains(2, 1));
        tenant.asEditor()
                .queryParam("type", "gift")
                .get(LEDGER)
                .then()
                .statusCode(400)
                .body("errors.field", contains("type"));
    }

    @Test
    void theLedgerOutlivesItsProduct() {
        String id = tenant.create(headphones("quantity", 1));
        tenant.asEditor().delete(PRODUCT, id);

        // Then
        tenant.asEditor().get(MOVEMENTS, id).then().statusCode(404);
        tenant.asEditor().queryParam("product_id", id).get(LEDGER).then().body("items", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    type      | {"quantity":1}
                    type      | {"type":"gift","quantity":1}
                    type      | {"type":"OUTFLOW","quantity":1}
                    quantity  | {"type":"inflow"}
                    quantity  | {"type":"inflow","quantity":0}
                    quantity  | {"type":"outflow","quantity":-1}
                    quantity  | {"type":"adjustment","quantity":0}
                    quantity  | {"type":"inflow","quantity":1.5}
                    quantity  | {"type":"inflow","quantity":9223372036854775808}
                    reason    | {"type":"inflow","quantity":1,"reason":"two\\nlines"}
                    colour    | {"type":"inflow","quantity":1,"colour":"red"}
                    """)
    void aMovementThatDoesNotFitIsRefusedByName(String field, String wrong) {
        String id = tenant.create(headphones());

        // When
        var answer = tenant.asEditor().body(wrong).post(MOVEMENTS, id).then();

        // Then
        answer.statusCode(400).contentType("application/problem+json").body("errors.field", hasItem(field));
    }

    @Test
    void onlyEditorsMoveStockAndOnlyTheirOwn() {
        String id = tenant.create(headphones());
        Tenant stranger = Tenant.any();

        // Then
        stranger.move(id, "inflow", 1).statusCode(404);
        stranger.asEditor().get(MOVEMENTS, id).then().statusCode(404);
        stranger.asEditor().get(LEDGER).then().statusCode(200).body("items", hasSize(0));
        tenant.as(Roles.VIEWER)
                .body(Map.of("type", "inflow", "quantity", 1))
                .post(MOVEMENTS, id)
                .then()
                .statusCode(403);
    }
}
