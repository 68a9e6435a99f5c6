package io.stockhook.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.Ids;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.RouteTable;
import io.stockhook.platform.testing.RouteWall;
import io.stockhook.platform.testing.RouteWall.Belongings;
import io.stockhook.platform.testing.RowWall;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.auth.Roles;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wall between tenants: every route, every role, every id, every table. A new one that is not in here fails it. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "receiver"))
class IsolationTests {

    private static final String ROUTES = """
            POST   /api/v1/events                        publisher
            POST   /api/v1/webhooks/order                publisher

            POST   /api/v1/mock-endpoints                editor
            GET    /api/v1/mock-endpoints                viewer
            GET    /api/v1/mock-endpoints/{id}           viewer
            PUT    /api/v1/mock-endpoints/{id}           editor
            PATCH  /api/v1/mock-endpoints/{id}           editor
            DELETE /api/v1/mock-endpoints/{id}           editor
            GET    /api/v1/mock-endpoints/{id}/requests  viewer
            DELETE /api/v1/mock-endpoints/{id}/requests  editor

            # A subscriber's stand-in: whoever has its url may post to it.
            POST   /api/v1/mock/{id}                     open
            """;

    /** Tables without tenants' rows, and why. */
    private static final Map<String, String> OF_ALL_TENANTS = Map.of(
            "flyway_schema_history", "the migrations that were made",
            "outbox", "what is to be published, which the relay alone reads");

    @Inject
    AgroalDataSource database;

    private final String tenant = Ids.next(Ids.Kind.TENANT);
    private final String other = Ids.next(Ids.Kind.TENANT);
    private Belongings belongings = new Belongings("", Map.of(), Map.of());

    @BeforeEach
    void twoTenants() {
        String mock = as("{\"name\": \"ERP\"}")
                .post("/api/v1/mock-endpoints")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as("{}").post("/api/v1/mock/" + mock).then().statusCode(200);
        as("{\"type\": \"order.created\", \"data\": {}}")
                .post("/api/v1/events")
                .then()
                .statusCode(202);
        belongings = new Belongings(
                tenant,
                Map.of("/api/v1/mock-endpoints/{id}", mock),
                Map.of("PUT /api/v1/mock-endpoints/{id}", "{\"name\": \"CRM\"}"));
    }

    @Test
    void everyRouteSaysWhoMayCallIt() {
        // When
        Map<String, Map<String, Object>> documented =
                RestAssured.get("/docs/receiver/openapi?format=json").jsonPath().getMap("paths");

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
        assertThat(rows.tablesWithRowsOf(belongings.tenant()))
                .contains("accepted_event", "mock_endpoint", "mock_progress", "mock_request");
    }

    private static RouteWall wall() {
        return new RouteWall(URI.create("http://localhost:" + RestAssured.port), RouteTable.parse(ROUTES));
    }

    private RequestSpecification as(String body) {
        return RestAssured.given()
                .auth()
                .oauth2(TestTokens.of(tenant, Roles.OWNER))
                .contentType("application/json")
                .body(body);
    }
}
