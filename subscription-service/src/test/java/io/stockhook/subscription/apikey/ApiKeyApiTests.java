package io.stockhook.subscription.apikey;

import static io.restassured.RestAssured.given;
import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.asAdmin;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.events.ApiKeyRecord;
import io.stockhook.events.ApiKeys;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class ApiKeyApiTests {

    private static final String KEYS = "/api/v1/api-keys";
    private static final Duration PROPAGATION = Duration.ofSeconds(10);

    @Inject
    AdminKey adminKey;

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Keys");
    }

    @Test
    void aKeyIsShownOnceAndOnlyItsHashIsPublished() {
        // When
        var answer = as(tenant, Roles.OWNER).body("""
                        {"name": "ERP", "role": "editor", "expires_at": "2099-01-01T00:00:00Z",
                         "allowed_cidrs": ["198.51.100.0/24"]}""").post(KEYS).then();

        // Then
        String id = answer.statusCode(201)
                .body("id", matchesPattern("key_[0-9a-f]{32}"))
                .body("tenant_id", equalTo(tenant))
                .extract()
                .path("id");
        String key = answer.extract().path("key");
        assertThat(ApiKeys.isWellFormed(key)).isTrue();
        String hash = ApiKeys.hash(key);
        assertThat(CompactedTopic.latest(Topics.TENANTS, ApiKeyRecord.key(hash), ApiKeyRecord.class))
                .isEqualTo(new ApiKeyRecord(
                        hash, id, tenant, "editor", Instant.parse("2099-01-01T00:00:00Z"), List.of("198.51.100.0/24")));
        as(tenant, Roles.OWNER)
                .get(KEYS + "/" + id)
                .then()
                .statusCode(200)
                .body("$", not(hasKey("key")))
                .body("prefix", equalTo(key.substring(0, 8)));
    }

    @Test
    void aKeyLetsInAtOnceAndNoMoreOnceItIsRevoked() {
        // Given
        var made = as(tenant, Roles.OWNER)
                .body("{\"name\": \"short-lived\", \"role\": \"viewer\"}")
                .post(KEYS)
                .then()
                .statusCode(201);
        String key = made.extract().path("key");
        withToken(key).get("/api/v1/tenants/current").then().statusCode(200).body("id", equalTo(tenant));

        // When
        as(tenant, Roles.OWNER)
                .delete(KEYS + "/" + made.extract().path("id"))
                .then()
                .statusCode(204);

        // Then
        assertThat(CompactedTopic.isDeleted(Topics.TENANTS, ApiKeyRecord.key(ApiKeys.hash(key))))
                .isTrue();
        await().atMost(PROPAGATION)
                .untilAsserted(() ->
                        withToken(key).get("/api/v1/tenants/current").then().statusCode(401));
    }

    @Test
    void aRotatedKeyHasTheSameIdAndItsOldSecretStopsWorking() {
        // Given
        var made = as(tenant, Roles.OWNER)
                .body("{\"name\": \"leaked\", \"role\": \"viewer\"}")
                .post(KEYS)
                .then()
                .statusCode(201);
        String id = made.extract().path("id");
        String before = made.extract().path("key");

        // When
        String after = as(tenant, Roles.OWNER)
                .post(KEYS + "/" + id + "/rotate")
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .extract()
                .path("key");

        // Then
        assertThat(after).isNotEqualTo(before);
        withToken(after).get("/api/v1/tenants/current").then().statusCode(200);
        await().atMost(PROPAGATION)
                .untilAsserted(() ->
                        withToken(before).get("/api/v1/tenants/current").then().statusCode(401));
        assertThat(CompactedTopic.isDeleted(Topics.TENANTS, ApiKeyRecord.key(ApiKeys.hash(before))))
                .isTrue();
    }

    @Test
    void theAdminMakesTheFirstKeyOfATenant() {
        // When
        var answer = asAdmin()
                .body("{\"name\": \"first\", \"role\": \"owner\", \"tenant_id\": \"%s\"}".formatted(tenant))
                .post(KEYS)
                .then();

        // Then
        answer.statusCode(201).body("tenant_id", equalTo(tenant)).body("role", equalTo("owner"));
    }

    @Test
    void anUnknownTenantIsNamedAsTheWrongField() {
        asAdmin().body("""
                        {"name": "x", "role": "owner", "tenant_id": "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f"}""").post(KEYS).then().statusCode(400).body("errors[0].field", equalTo("tenant_id"));
    }

    @Test
    void anOwnerMakesNoKeyAboveItsOwnRole() {
        as(tenant, Roles.OWNER)
                .body("{\"name\": \"x\", \"role\": \"admin\"}")
                .post(KEYS)
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {Roles.EDITOR, Roles.VIEWER, Roles.PUBLISHER})
    void nobodyBelowAnOwnerSeesKeys(String role) {
        as(tenant, role).get(KEYS).then().statusCode(403);
    }

    @Test
    void nobodyIsServedWithoutAToken() {
        given().get(KEYS).then().statusCode(401).contentType("application/problem+json");
    }

    @Test
    void anotherTenantsKeyIsNotFound() {
        // Given
        String id = as(tenant, Roles.OWNER)
                .body("{\"name\": \"mine\", \"role\": \"viewer\"}")
                .post(KEYS)
                .path("id");
        String stranger = createTenant("Stranger");

        // When
        var answer = as(stranger, Roles.OWNER).delete(KEYS + "/" + id).then();

        // Then
        answer.statusCode(404);
        as(stranger, Roles.OWNER).get(KEYS).then().statusCode(200).body("items.size()", equalTo(0));
        as(tenant, Roles.OWNER).get(KEYS).then().statusCode(200).body("items[0].id", equalTo(id));
    }

    @Test
    void aKeyIsRenamedAndNothingElse() {
        // Given
        String id = as(tenant, Roles.OWNER)
                .body("{\"name\": \"before\", \"role\": \"viewer\"}")
                .post(KEYS)
                .path("id");

        // When
        var answer = as(tenant, Roles.OWNER)
                .header("If-Match", "\"1\"")
                .body("{\"name\": \"after\"}")
                .patch(KEYS + "/" + id)
                .then();

        // Then
        answer.statusCode(200).body("name", equalTo("after")).header("ETag", "\"2\"");
        as(tenant, Roles.OWNER)
                .body("{\"role\": \"owner\"}")
                .patch(KEYS + "/" + id)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("role"));
        as(tenant, Roles.OWNER)
                .contentType("application/merge-patch+json")
                .body("{}")
                .patch(KEYS + "/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo("after"));
        as(tenant, Roles.OWNER)
                .body("{\"name\": null}")
                .patch(KEYS + "/" + id)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("name"));
    }

    @Test
    void theOwnerOfADeletedTenantMakesNoKey() {
        // Given
        asAdmin().delete("/api/v1/tenants/" + tenant).then().statusCode(204);

        // When
        var answer = as(tenant, Roles.OWNER)
                .body("{\"name\": \"late\", \"role\": \"viewer\"}")
                .post(KEYS)
                .then();

        // Then
        answer.statusCode(403).contentType("application/problem+json");
    }

    @Test
    void theConfiguredAdminKeyReplacesTheOneBefore() {
        // Given
        String before = ApiKeys.generate();
        String after = ApiKeys.generate();
        TenantScope.asSystem(() -> adminKey.set(ApiKeys.hash(before)));

        // When
        TenantScope.asSystem(() -> adminKey.set(ApiKeys.hash(after)));

        // Then
        await().atMost(PROPAGATION).untilAsserted(() -> {
            withToken(after).get("/api/v1/tenants").then().statusCode(200);
            withToken(before).get("/api/v1/tenants").then().statusCode(401);
        });
        assertThat(CompactedTopic.latest(Topics.TENANTS, ApiKeyRecord.key(ApiKeys.hash(after)), ApiKeyRecord.class)
                        .tenantId())
                .isEqualTo(TenantService.PLATFORM);
    }
}
