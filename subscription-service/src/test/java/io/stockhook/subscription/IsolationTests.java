package io.stockhook.subscription;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.RouteTable;
import io.stockhook.platform.testing.RouteWall;
import io.stockhook.platform.testing.RouteWall.Belongings;
import io.stockhook.platform.testing.RowWall;
import io.stockhook.web.auth.Roles;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wall between tenants: every route, every role, every id, every table. A new one that is not in here fails it. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class IsolationTests {

    private static final String ROUTES = """
            POST   /api/v1/tenants                      admin
            GET    /api/v1/tenants                      admin
            GET    /api/v1/tenants/current              admin,viewer,publisher
            GET    /api/v1/tenants/{id}                 admin
            PUT    /api/v1/tenants/{id}                 admin
            PATCH  /api/v1/tenants/{id}                 admin
            DELETE /api/v1/tenants/{id}                 admin

            POST   /api/v1/api-keys                     admin,owner
            GET    /api/v1/api-keys                     admin,owner
            GET    /api/v1/api-keys/{id}                admin,owner
            PATCH  /api/v1/api-keys/{id}                admin,owner
            DELETE /api/v1/api-keys/{id}                admin,owner

            POST   /api/v1/subscribers                  editor
            GET    /api/v1/subscribers                  viewer
            GET    /api/v1/subscribers/{id}             viewer
            GET    /api/v1/subscribers/{id}/usage       viewer
            PUT    /api/v1/subscribers/{id}             editor
            PATCH  /api/v1/subscribers/{id}             editor
            DELETE /api/v1/subscribers/{id}             editor

            GET    /api/v1/settings                     admin,viewer
            PUT    /api/v1/settings                     admin,owner
            PATCH  /api/v1/settings                     admin,owner

            POST   /api/v1/webhooks                     editor
            GET    /api/v1/webhooks                     viewer
            GET    /api/v1/webhooks/{id}                viewer
            PUT    /api/v1/webhooks/{id}                editor
            PATCH  /api/v1/webhooks/{id}                editor
            DELETE /api/v1/webhooks/{id}                editor
            GET    /api/v1/webhooks/{id}/deliveries     viewer
            GET    /api/v1/webhooks/{id}/logs           viewer
            GET    /api/v1/webhooks/{id}/stats          viewer
            POST   /api/v1/webhooks/{id}/test           editor
            POST   /api/v1/webhooks/{id}/enable         editor
            POST   /api/v1/webhooks/{id}/disable        editor
            POST   /api/v1/webhooks/{id}/rotate-secret  editor
            POST   /api/v1/webhooks/{id}/recover        editor
            POST   /api/v1/webhooks/{id}/breaker/reset  editor

            POST   /api/v1/api-keys/{id}/rotate         admin,owner

            GET    /api/v1/security/audit               admin,owner
            GET    /api/v1/security/audit/export        admin,owner
            POST   /api/v1/security/audit/verify        admin,owner
            GET    /api/v1/security/rotate-key          admin
            POST   /api/v1/security/rotate-key          admin
            GET    /api/v1/security/signatures          viewer

            POST   /api/v1/event-types                  editor
            GET    /api/v1/event-types                  viewer,publisher
            GET    /api/v1/event-types/{name}           viewer,publisher
            PUT    /api/v1/event-types/{name}           editor
            PATCH  /api/v1/event-types/{name}           editor
            DELETE /api/v1/event-types/{name}           editor
            POST   /api/v1/event-types/{name}/versions  editor
            GET    /api/v1/event-types/{name}/versions  viewer,publisher
            GET    /api/v1/event-types/{name}/versions/{version}  viewer,publisher
            POST   /api/v1/event-types/{name}/versions/check      viewer,publisher
            GET    /api/v1/event-type-categories        viewer,publisher

            GET    /api/v1/integrations                 viewer
            GET    /api/v1/integrations/categories      viewer
            GET    /api/v1/integrations/{name}          viewer
            GET    /api/v1/integrations/{name}/status   viewer
            POST   /api/v1/integrations/{name}/configure  editor
            POST   /api/v1/integrations/{name}/preview  viewer
            POST   /api/v1/integrations/{name}/test     editor
            DELETE /api/v1/integrations/{name}          editor

            POST   /api/v1/security/validate            viewer

            # The client is authenticated by what it sends; the keys are public ones.
            POST   /api/v1/auth/token                   open
            GET    /.well-known/jwks.json               open
            """;

    private static final String SUBSCRIBER = "{\"name\": \"ERP\"}";
    private static final String WEBHOOK = "{\"url\": \"https://example.com/hook\", \"events\": [\"*\"]}";

    /** Tables without tenants' rows, and why. */
    private static final Map<String, String> OF_ALL_TENANTS = Map.of(
            "flyway_schema_history", "the migrations that were made",
            "outbox", "what is to be published, which the relay alone reads",
            "token_key", "keys that tokens of all tenants are signed with",
            "master_key_rotation", "the passes to another master key",
            "master_key_progress", "how far they are",
            "published_event_type", "what was told last of the platform's own types");

    @Inject
    AgroalDataSource database;

    private String other = "";
    private Belongings belongings = new Belongings("", Map.of(), Map.of(), Set.of());

    @BeforeEach
    void twoTenants() {
        String tenant = createTenant("Owner");
        other = createTenant("Intruder");
        String webhook = createWebhook(tenant, WEBHOOK);
        String key = as(tenant, Roles.OWNER)
                .body("{\"name\": \"key\", \"role\": \"viewer\"}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as(tenant, Roles.EDITOR).body("""
                        {"name": "wall.event_of_one", "category": "wall", "payload_schema": {"type": "object"}}""").post("/api/v1/event-types").then().statusCode(201);
        String subscriber = as(tenant, Roles.EDITOR)
                .body(SUBSCRIBER)
                .post("/api/v1/subscribers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as(tenant, Roles.EDITOR)
                .body(
                        "{\"webhook_url\": \"https://hooks.slack.com/services/T0/B0/X\", \"notifications\": {\"order.created\": true}}")
                .post("/api/v1/integrations/slack/configure")
                .then()
                .statusCode(200);
        belongings = new Belongings(
                tenant,
                Map.of(
                        "/api/v1/webhooks/{id}",
                        webhook,
                        "/api/v1/api-keys/{id}",
                        key,
                        "/api/v1/subscribers/{id}",
                        subscriber,
                        "/api/v1/event-types/{name}",
                        "wall.event_of_one",
                        "/api/v1/event-types/{name}/versions/{version}",
                        "1",
                        "/api/v1/integrations/{name}",
                        "slack"),
                Map.of(
                        "PUT /api/v1/subscribers/{id}",
                        SUBSCRIBER,
                        "PUT /api/v1/webhooks/{id}",
                        WEBHOOK,
                        "POST /api/v1/event-types/{name}/versions",
                        "{\"payload_schema\": {\"type\": \"object\"}}",
                        "POST /api/v1/event-types/{name}/versions/check",
                        "{\"payload_schema\": {\"type\": \"object\"}}",
                        "POST /api/v1/webhooks/{id}/recover",
                        "{\"since\": \"2026-01-01T00:00:00Z\"}"),
                Set.of("/api/v1/integrations/{name}"));
    }

    @Test
    void everyRouteSaysWhoMayCallIt() {
        // When
        Map<String, Map<String, Object>> documented = RestAssured.get("/docs/subscription/openapi?format=json")
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
        assertThat(rows.tablesWithRowsOf(belongings.tenant()))
                .contains(
                        "tenant",
                        "api_key",
                        "webhook",
                        "subscriber",
                        "event_type",
                        "event_type_version",
                        "integration");
    }

    private static RouteWall wall() {
        return new RouteWall(URI.create("http://localhost:" + RestAssured.port), RouteTable.parse(ROUTES));
    }
}
