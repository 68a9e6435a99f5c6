package io.stockhook.subscription.audit;

import static io.restassured.RestAssured.given;
import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.asAdmin;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.events.ApiKeys;
import io.stockhook.platform.testing.Concurrently;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class AuditApiTests {

    private static final String AUDIT = "/api/v1/security/audit";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String SECRET = "whsec-in-clear-0815-0815";
    private static final String HEADER = "header-in-clear-0815";
    private static final String WEBHOOK = """
            {"name": "orders", "url": "https://hooks.example.com/in", "events": ["*"], "secret": "%s",
             "headers": {"X-Auth": "%s"}}""".formatted(SECRET, HEADER);

    @Inject
    AgroalDataSource dataSource;

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Audited");
    }

    @Test
    void aChangeSaysWhoWhenFromWhereBeforeAndAfter() {
        // Given
        String id = createWebhook(tenant, WEBHOOK);

        // When
        as(tenant, Roles.EDITOR)
                .header("X-Forwarded-For", "198.51.100.7")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .body("{\"name\": \"renamed\"}")
                .patch("/api/v1/webhooks/" + id)
                .then()
                .statusCode(200);

        // Then
        entries("target=" + id)
                .body("items", hasSize(2))
                .body("items[0].action", equalTo("webhook.patch"))
                .body("items[0].actor", equalTo("tests:" + tenant))
                .body("items[0].role", equalTo("editor"))
                .body("items[0].remote_address", equalTo("198.51.100.7"))
                .body("items[0].trace_id", equalTo("4bf92f3577b34da6a3ce929d0e0e4736"))
                .body("items[0].before", equalTo(Map.of("name", "orders")))
                .body("items[0].after", equalTo(Map.of("name", "renamed")))
                .body("items[1].action", equalTo("webhook.create"))
                .body("items[1].before", nullValue())
                .body("items[1].after.url", equalTo("https://hooks.example.com/in"))
                .body("items[1].after.headers.X-Auth", equalTo("***"));
    }

    @Test
    void noSecretIsInTheTrail() {
        // Given
        String id = createWebhook(tenant, WEBHOOK);
        String key = as(tenant, Roles.OWNER)
                .body("{\"name\": \"k\", \"role\": \"viewer\"}")
                .post("/api/v1/api-keys")
                .path("key");

        // When
        as(tenant, Roles.EDITOR)
                .post("/api/v1/webhooks/" + id + "/rotate-secret")
                .then()
                .statusCode(200);

        // Then
        String trail = entries("limit=200").extract().asString();
        assertThat(trail)
                .contains("webhook.rotate_secret", "api_key.create")
                .doesNotContain(SECRET, HEADER, key, ApiKeys.hash(key), "v1.test.");
    }

    @Test
    void whatIsRefusedLeavesNoChangeAndWhatFailsLeavesNoEntry() {
        // When
        as(tenant, Roles.EDITOR)
                .body("{\"url\": \"nonsense\", \"events\": [\"*\"]}")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(400);

        // Then
        entries("action=webhook.*").body("items", hasSize(0));
    }

    @Test
    void aTenantsDeletionIsInItsChainWithAllItHad() {
        // Given
        String id = createWebhook(tenant, WEBHOOK);

        // When
        asAdmin().delete("/api/v1/tenants/" + tenant).then().statusCode(204);

        // Then
        asAdmin()
                .get(AUDIT + "?action=webhook.delete&tenant_id=" + tenant)
                .then()
                .statusCode(200)
                .body("items.target", hasItem(id));
        asAdmin()
                .get(AUDIT + "?action=tenant.delete&tenant_id=" + tenant)
                .then()
                .body("items", hasSize(1))
                .body("items[0].before.name", equalTo("Audited"));
    }

    @Test
    void aRefusedKeyIsNotedWithItsReasonAndNumber() {
        // When
        String from = "198.51.100." + (tenant.hashCode() & 127);
        for (int attempt = 0; attempt < 3; attempt++) {
            given().header("X-Forwarded-For", from)
                    .auth()
                    .oauth2(ApiKeys.generate())
                    .get("/api/v1/webhooks")
                    .then()
                    .statusCode(401);
        }

        // Then
        await().atMost(SOON).untilAsserted(() -> asAdmin()
                .get(AUDIT + "?action=authentication.refuse&tenant_id=" + TenantService.PLATFORM)
                .then()
                .statusCode(200)
                .body("items.find { it.remote_address == '%s' }.reason".formatted(from), containsString("not known"))
                .body("items.find { it.remote_address == '%s' }.actor".formatted(from), equalTo("anonymous")));
    }

    @Test
    void aRoleThatDoesNotSufficeIsNotedInItsTenantsChain() {
        // When
        as(tenant, Roles.VIEWER).body(WEBHOOK).post("/api/v1/webhooks").then().statusCode(403);

        // Then
        await().atMost(SOON).untilAsserted(() -> entries("action=authorization.refuse")
                .body("items", hasSize(1))
                .body("items[0].actor", equalTo("tests:" + tenant)));
    }

    @Test
    void whoeverAsksForAnothersWebhookIsNotedForThePlatform() {
        // Given
        String id = createWebhook(tenant, WEBHOOK);
        String stranger = createTenant("Stranger");

        // When
        as(stranger, Roles.OWNER).get("/api/v1/webhooks/" + id).then().statusCode(404);

        // Then
        await().atMost(SOON).untilAsserted(() -> asAdmin()
                .get(AUDIT + "?action=access.foreign&target=" + id)
                .then()
                .body("items", hasSize(1))
                .body("items[0].tenant_id", equalTo(TenantService.PLATFORM))
                .body("items[0].reason", containsString(stranger)));
    }

    @Test
    void theTrailIsPagedAndFiltered() {
        // Given
        for (int index = 0; index < 5; index++) {
            createWebhook(tenant, WEBHOOK);
        }

        // When
        var first = entries("action=webhook.create&limit=2").body("items", hasSize(2));

        // Then
        String next = first.extract().path("next");
        entries("action=webhook.create&limit=2&cursor=" + next)
                .body("items", hasSize(2))
                .body("items.seq", everyItem(not(equalTo(first.extract().<Integer>path("items[1].seq")))));
        entries("to=2020-01-01T00:00:00Z").body("items", hasSize(0));
        entries("actor=nobody").body("items", hasSize(0));
        as(tenant, Roles.OWNER).get(AUDIT + "?action=webhook%25").then().statusCode(400);
    }

    @Test
    void theTrailIsExportedAsLinesAndAsCsv() {
        // Given
        createWebhook(tenant, WEBHOOK);

        // When
        String lines = as(tenant, Roles.OWNER)
                .get(AUDIT + "/export")
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString();
        String csv = as(tenant, Roles.OWNER)
                .get(AUDIT + "/export?format=csv")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asString();

        // Then
        assertThat(lines.lines()).hasSize(2).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(csv.lines()).hasSize(3).first().isEqualTo(AuditCsv.HEADER);
        assertThat(csv).contains("webhook.create");
    }

    @ParameterizedTest
    @ValueSource(strings = {Roles.EDITOR, Roles.VIEWER, Roles.PUBLISHER})
    void nobodyBelowAnOwnerReadsTheTrail(String role) {
        as(tenant, role).get(AUDIT).then().statusCode(403);
    }

    @Test
    void anotherTenantsTrailIsNotTheOwnersToRead() {
        String stranger = createTenant("Stranger");
        as(stranger, Roles.OWNER).get(AUDIT + "?tenant_id=" + tenant).then().statusCode(400);
        as(stranger, Roles.OWNER).get(AUDIT).then().body("items.tenant_id", everyItem(equalTo(stranger)));
    }

    @Test
    void changesAtTheSameTimeFormOneChainThatHolds() {
        // Given
        var writers = IntStream.range(0, 6)
                .mapToObj(unused -> Concurrently.run(() -> {
                    for (int index = 0; index < 5; index++) {
                        createWebhook(tenant, WEBHOOK);
                    }
                }))
                .toList();

        // When
        writers.forEach(writer -> writer.join());

        // Then
        verify("").body("valid", equalTo(true)).body("entries", greaterThanOrEqualTo(31));
    }

    @Test
    void anAlteredEntryIsNamed() {
        // Given
        createWebhook(tenant, WEBHOOK);
        createWebhook(tenant, WEBHOOK);
        var head = verify("").body("valid", equalTo(true));
        int seq = head.extract().path("head.seq");
        String hash = head.extract().path("head.hash");

        // When
        asTamperer(
                "update audit_entry set actor = 'somebody else' where tenant_id = '%s' and seq = 2".formatted(tenant));

        // Then
        verify("")
                .body("valid", equalTo(false))
                .body("broken[0].tenant_id", equalTo(tenant))
                .body("broken[0].seq", equalTo(2))
                .body("entries", equalTo(1));
        asTamperer("delete from audit_entry where tenant_id = '%s' and seq >= 2".formatted(tenant));
        verify("").body("valid", equalTo(true));
        verify("{\"head\": {\"seq\": %d, \"hash\": \"%s\"}}".formatted(seq, hash))
                .body("valid", equalTo(false))
                .body("broken[0].seq", equalTo(seq));
    }

    @ParameterizedTest
    @ValueSource(strings = {"update audit_entry set actor = 'x'", "delete from audit_entry", "truncate audit_entry"})
    void theServicesOwnRoleCannotChangeTheTrail(String sql) {
        assertThatThrownBy(() -> TenantScope.asSystem(
                        () -> QuarkusTransaction.requiringNew().run(() -> execute(sql))))
                .hasStackTraceContaining("audit_entry");
        verify("").body("valid", equalTo(true));
    }

    @Test
    void theAdminVerifiesAllChainsAtOnce() {
        // Given
        String other = createTenant("Other");
        createWebhook(other, WEBHOOK);

        // When
        var answer = asAdmin()
                .body("{\"tenant_id\": \"%s\"}".formatted(other))
                .post(AUDIT + "/verify")
                .then();

        // Then
        answer.statusCode(200)
                .body("valid", equalTo(true))
                .body("chains", equalTo(1))
                .body("entries", equalTo(2));
        asAdmin().post(AUDIT + "/verify").then().statusCode(200).body("chains", greaterThanOrEqualTo(2));
    }

    private ValidatableResponse entries(String query) {
        return as(tenant, Roles.OWNER).get(AUDIT + "?" + query).then().statusCode(200);
    }

    private ValidatableResponse verify(String body) {
        var request = as(tenant, Roles.OWNER);
        return (body.isEmpty() ? request : request.body(body))
                .post(AUDIT + "/verify")
                .then()
                .statusCode(200);
    }

    private void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody with the power of the tables' owner, who takes all that protects them away first and puts it back. */
    private void asTamperer(String sql) {
        TenantScope.asSystem(() -> QuarkusTransaction.requiringNew().run(() -> List.of(
                        "grant update, delete on audit_entry to current_user",
                        "alter table audit_entry disable trigger audit_entry_append_only",
                        "alter table audit_entry no force row level security",
                        sql,
                        "alter table audit_entry force row level security",
                        "alter table audit_entry enable trigger audit_entry_append_only",
                        "revoke update, delete on audit_entry from current_user")
                .forEach(this::execute)));
    }
}
