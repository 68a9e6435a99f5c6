package io.stockhook.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.restassured.RestAssured;
import io.stockhook.platform.testing.RouteTable;
import io.stockhook.platform.testing.RouteWall;
import io.stockhook.platform.testing.RouteWall.Belongings;
import io.stockhook.platform.testing.RowWall;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wall between tenants: every route, every role, every id, every table. A new one that is not in here fails it. */
@InventoryTest
class IsolationTests {

    private static final String ROUTES = """
            POST   /api/v1/products                       editor
            GET    /api/v1/products                       viewer
            GET    /api/v1/products/{id}                  viewer
            PUT    /api/v1/products/{id}                  editor
            PATCH  /api/v1/products/{id}                  editor
            DELETE /api/v1/products/{id}                  editor
            POST   /api/v1/products/{id}/stock-movements  editor
            GET    /api/v1/products/{id}/stock-movements  viewer

            GET    /api/v1/stock-movements                viewer
            GET    /api/v1/stock-movements/{id}           viewer
            """;

    /** Tables without tenants' rows, and why. */
    private static final Map<String, String> OF_ALL_TENANTS = Map.of(
            "flyway_schema_history", "the migrations that were made",
            "outbox", "what is to be published, which the relay alone reads");

    @Inject
    AgroalDataSource database;

    private final Tenant owner = Tenant.any();
    private final String other = Tenant.any().id();
    private Belongings belongings = new Belongings("", Map.of(), Map.of());

    @BeforeEach
    void twoTenants() {
        String product = owner.create(Tenant.headphones());
        String movement =
                owner.move(product, "inflow", 1).statusCode(201).extract().path("id");
        belongings = new Belongings(
                owner.id(),
                Map.of("/api/v1/products/{id}", product, "/api/v1/stock-movements/{id}", movement),
                Map.of(
                        "PUT /api/v1/products/{id}",
                        "{\"sku\": \"X\", \"name\": \"X\", \"price\": 1, \"currency\": \"EUR\", \"quantity\": 1}",
                        "POST /api/v1/products/{id}/stock-movements",
                        "{\"type\": \"inflow\", \"quantity\": 1}"));
    }

    @Test
    void everyRouteSaysWhoMayCallIt() {
        // When
        Map<String, Map<String, Object>> documented = RestAssured.get("/docs/inventory/openapi?format=json")
                .jsonPath()
                .getMap("paths");

        // Then
        assertThat(RouteTable.parse(ROUTES).differences(documented)).isEmpty();
    }

    @Test
    void nothingIsAnsweredWithoutAToken() {
        assertThat(wall().withoutToken()).isEmpty();
    }

    @Test
    void eachRoleMayWhatTheTableSaysAndNothingElse() {
        assertThat(wall().withEachRole(other)).isEmpty();
    }

    @Test
    void whatAnotherTenantHasIsNotThereAndStaysAsItIs() {
        assertThat(wall().withForeignIds(belongings, other)).isEmpty();
    }

    @Test
    void listsShowTheirOwnTenantsThingsAlone() {
        assertThat(wall().inLists(belongings, other)).isEmpty();
    }

    @Test
    void queryWithoutItsConditionShowsOneTenantsRows() throws Exception {
        // Given
        RowWall rows = new RowWall(database, OF_ALL_TENANTS);

        // When
        List<String> complaints = rows.complaints(other);

        // Then
        assertThat(complaints).isEmpty();
        assertThat(rows.tablesWithRowsOf(belongings.tenant())).contains("product", "stock_movement");
    }

    private static RouteWall wall() {
        return new RouteWall(URI.create("http://localhost:" + RestAssured.port), RouteTable.parse(ROUTES));
    }
}
