package io.stockhook.inventory.product;

import static io.stockhook.inventory.Tenant.headphones;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.Ids;
import io.stockhook.events.TraceContext;
import io.stockhook.inventory.InventoryTest;
import io.stockhook.inventory.PublishedEvents;
import io.stockhook.inventory.PublishedEvents.Event;
import io.stockhook.inventory.Tenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@InventoryTest
class ProductEventsTests {

    private static final String ONE = "/api/v1/products/{id}";

    private final Tenant tenant = Tenant.any();
    private PublishedEvents published;

    @BeforeEach
    void readTheTopic() {
        published = new PublishedEvents();
    }

    @AfterEach
    void leaveTheTopic() {
        published.close();
    }

    @Test
    void aCreatedProductIsACloudEventKeyedByTenantAndProduct() {
        TraceContext trace = TraceContext.begin();

        // When
        var answer = tenant.asEditor()
                .header("traceparent", trace.header())
                .body("""
                        {"sku":"S-1","name":"Lamp","price":19.90,"currency":"EUR","quantity":3,"attributes":{"watt":4.50}}""")
                .post("/api/v1/products");

        // Then
        String id = answer.path("id");
        Event event = published.await(tenant, 1).get(0);
        assertThat(event.key()).isEqualTo(tenant.id() + ":" + id);
        assertThat(event.type()).isEqualTo("product.created");
        assertThat(event.envelope().source()).isEqualTo("/inventory");
        assertThat(event.envelope().subject()).isEqualTo(id);
        assertThat(Ids.isA(Ids.Kind.EVENT, event.envelope().id())).isTrue();
        assertThat(event.envelope().time()).hasToString(answer.path("updated_at"));
        assertThat(event.envelope().traceParent()).contains(trace.traceId());
        assertThat(event.data())
                .hasToString(
                        ("{\"product_id\":\"%s\",\"sku\":\"S-1\",\"name\":\"Lamp\",\"category\":null,\"brand\":null,"
                                        + "\"supplier\":null,\"price\":19.90,\"currency\":\"EUR\",\"quantity\":3,"
                                        + "\"attributes\":{\"watt\":4.50},\"version\":1,\"created_at\":\"%s\",\"updated_at\":\"%s\"}")
                                .formatted(id, answer.path("created_at"), answer.path("updated_at")));
    }

    @Test
    void anUpdateTellsWhatChangedAndWhatTheProductIsNow() {
        String id = tenant.create(headphones("brand", "Acme"));

        // When
        tenant.asEditor().body("{\"price\":149.50,\"brand\":null}").patch(ONE, id);

        // Then
        JsonNode data = only("product.updated", published.await(tenant, 2)).data();
        assertThat(data.get("price")).hasToString("149.50");
        assertThat(data.get("version")).hasToString("2");
        assertThat(data.get("changes"))
                .hasToString("[{\"field\":\"brand\",\"old\":\"Acme\",\"new\":null},"
                        + "{\"field\":\"price\",\"old\":199,\"new\":149.50}]");
    }

    @Test
    void aChangeThatChangesNothingIsNotTold() {
        String id = tenant.create(headphones());

        // When
        tenant.asEditor().body(headphones()).put(ONE, id);

        // Then
        tenant.asEditor().delete(ONE, id);
        assertThat(types(published.await(tenant, 2))).containsExactly("product.created", "product.deleted");
    }

    @Test
    void aRefusedChangeIsNotTold() {
        tenant.create(headphones("sku", "TAKEN"));
        String id = tenant.create(headphones());

        // When
        tenant.asEditor().body("{\"sku\":\"TAKEN\"}").patch(ONE, id).then().statusCode(409);

        // Then
        tenant.asEditor().delete(ONE, id);
        assertThat(types(published.await(tenant, 3)))
                .containsExactlyInAnyOrder("product.created", "product.created", "product.deleted");
    }

    @Test
    void aDeletedProductIsToldAsItWasLast() {
        String id = tenant.create(headphones());

        // When
        tenant.asEditor().delete(ONE, id);

        // Then
        Event deleted = only("product.deleted", published.await(tenant, 2));
        assertThat(deleted.data().get("name").textValue()).isEqualTo("Wireless Headphones");
        assertThat(deleted.data().get("version")).hasToString("1");
        assertThat(deleted.envelope().subject()).isEqualTo(id);
    }

    @Test
    void sellingOutAndComingBackAreToldOnceEachInOrder() {
        String id = tenant.create(headphones("quantity", 10, "threshold", 5));

        // When
        tenant.move(id, "outflow", 6).statusCode(201);
        tenant.move(id, "outflow", 4).statusCode(201);
        tenant.move(id, "inflow", 20).statusCode(201);

        // Then
        List<Event> events = published.await(tenant, 10);
        assertThat(types(events))
                .containsExactly(
                        "product.created",
                        "product.updated",
                        "inventory.stock_changed",
                        "inventory.low_stock",
                        "product.updated",
                        "inventory.stock_changed",
                        "product.out_of_stock",
                        "product.updated",
                        "inventory.stock_changed",
                        "product.back_in_stock");
        assertThat(only("inventory.low_stock", events).data())
                .hasToString(
                        "{\"product_id\":\"%s\",\"product_name\":\"Wireless Headphones\",\"current_stock\":4,\"threshold\":5}"
                                .formatted(id));
        assertThat(only("product.out_of_stock", events).data().get("quantity")).hasToString("0");
    }

    @Test
    void aMovementTellsWhereTheStockCameFromAndWhereItIs() {
        String id = tenant.create(headphones("quantity", 10));

        // When
        tenant.asEditor()
                .body(Map.of("type", "outflow", "quantity", 3, "reason", "Sold", "reference", "ORDER-1"))
                .post(ONE + "/stock-movements", id);

        // Then
        JsonNode data =
                only("inventory.stock_changed", published.await(tenant, 3)).data();
        assertThat(data.get("movement_type").textValue()).isEqualTo("outflow");
        assertThat(data.get("movement_quantity")).hasToString("3");
        assertThat(data.get("previous_stock")).hasToString("10");
        assertThat(data.get("current_stock")).hasToString("7");
        assertThat(data.get("reference").textValue()).isEqualTo("ORDER-1");
    }

    private static Event only(String type, List<Event> events) {
        List<Event> found =
                events.stream().filter(event -> event.type().equals(type)).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<String> types(List<Event> events) {
        return events.stream().map(Event::type).toList();
    }
}
