package io.stockhook.subscription.tenant;

import static io.restassured.RestAssured.given;
import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.asAdmin;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.events.ApiKeyRecord;
import io.stockhook.events.ApiKeys;
import io.stockhook.events.TenantRecord;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class TenantApiTests {

    private static final String TENANTS = "/api/v1/tenants";
    private static final String WEBHOOK = """
            {"url": "https://hooks.example.com/in", "events": ["product.*"]}""";

    @Test
    void aTenantIsCreatedAndEveryServiceIsTold() {
        // When
        var answer = asAdmin().body("""
                        {"name": "Acme", "payload_format": "classic"}""").post(TENANTS).then();

        // Then
        String id = answer.statusCode(201)
                .header("ETag", "\"1\"")
                .body("id", matchesPattern("ten_[0-9a-f]{32}"))
                .body("name", equalTo("Acme"))
                .body("payload_format", equalTo("classic"))
                .body("created_at", notNullValue())
                .extract()
                .path("id");
        answer.header("Location", endsWith(TENANTS + "/" + id));
        assertThat(CompactedTopic.latest(Topics.TENANTS, TenantRecord.key(id), TenantRecord.class))
                .isEqualTo(new TenantRecord(id, "Acme", true, "classic", null, List.of()));
    }

    @Test
    void aTenantMayKeepItsDeliveriesForLessThanThePlatform() {
        // When
        var answer = asAdmin()
                .body("{\"name\": \"Brief\", \"retention_days\": 7}")
                .post(TENANTS)
                .then();

        // Then
        String id = answer.statusCode(201)
                .body("retention_days", equalTo(7))
                .extract()
                .path("id");
        assertThat(CompactedTopic.latest(Topics.TENANTS, TenantRecord.key(id), TenantRecord.class)
                        .retentionDays())
                .isEqualTo(7);
        asAdmin()
                .contentType("application/merge-patch+json")
                .body("{\"retention_days\": null}")
                .patch(TENANTS + "/" + id)
                .then()
                .statusCode(200)
                .body("retention_days", nullValue());
    }

    @Test
    void aSuspendedTenantIsRefusedUntilItIsRestored() {
        // Given
        String id = createTenant("Suspended");
        as(id, Roles.VIEWER).get(TENANTS + "/current").then().statusCode(200);

        // When
        var answer = suspend(id, true);

        // Then
        answer.statusCode(200).body("is_active", equalTo(false));
        assertThat(CompactedTopic.latest(Topics.TENANTS, TenantRecord.key(id), TenantRecord.class)
                        .isActive())
                .isFalse();
        awaitCurrent(id, 403);
        asAdmin()
                .queryParam("status", "suspended")
                .queryParam("text", "SUSPEND")
                .get(TENANTS)
                .then()
                .body("items.id", hasItem(id))
                .body("items.is_active", not(hasItem(true)));
        suspend(id, false).statusCode(200).body("is_active", equalTo(true));
        awaitCurrent(id, 200);
    }

    @Test
    void thePlatformsOwnTenantCannotBeSuspended() {
        // When
        var answer = suspend(TenantService.PLATFORM, true);

        // Then
        answer.statusCode(409).body("errors[0].field", equalTo("is_active"));
    }

    @Test
    void anUnknownStatusIsNamed() {
        // When
        var answer = asAdmin().queryParam("status", "gone").get(TENANTS).then();

        // Then
        answer.statusCode(400).body("errors[0].field", equalTo("status"));
    }

    private static ValidatableResponse suspend(String id, boolean isSuspended) {
        return asAdmin()
                .contentType("application/merge-patch+json")
                .body("{\"is_active\": %s}".formatted(!isSuspended))
                .patch(TENANTS + "/" + id)
                .then();
    }

    private static void awaitCurrent(String id, int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        as(id, Roles.VIEWER).get(TENANTS + "/current").then().statusCode(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31})
    void aTenantCannotKeepThemForLongerNorForNoTime(int days) {
        // When
        var answer = asAdmin()
                .body("{\"name\": \"Long\", \"retention_days\": " + days + "}")
                .post(TENANTS)
                .then();

        // Then
        answer.statusCode(400).body("errors[0].field", equalTo("retention_days"));
    }

    @Test
    void aTenantIsReplacedByPutAndChangedByPatch() {
        // Given
        String id = createTenant("Before");
        asAdmin().body("{\"name\": \"Between\", \"payload_format\": \"raw\"}").put(TENANTS + "/" + id);

        // When
        var answer = asAdmin()
                .contentType("application/merge-patch+json")
                .body("{\"name\": \"After\"}")
                .patch(TENANTS + "/" + id)
                .then();

        // Then
        answer.statusCode(200)
                .body("name", equalTo("After"))
                .body("payload_format", equalTo("raw"))
                .body("version", equalTo(3));
        assertThat(CompactedTopic.latest(Topics.TENANTS, TenantRecord.key(id), TenantRecord.class)
                        .name())
                .isEqualTo("After");
    }

    @Test
    void aLostRaceIsToldByIfMatch() {
        // Given
        String id = createTenant("Raced");

        // When
        var answer = asAdmin()
                .header("If-Match", "\"7\"")
                .body("{\"name\": \"Too late\"}")
                .put(TENANTS + "/" + id)
                .then();

        // Then
        answer.statusCode(412).contentType("application/problem+json");
    }

    @Test
    void theSameCreationIsAnsweredOnceMoreWithTheFirstAnswer() {
        // Given
        String key = "create-acme-once-" + System.nanoTime();
        String body = "{\"name\": \"Once\"}";
        String first = asAdmin()
                .header("Idempotency-Key", key)
                .body(body)
                .post(TENANTS)
                .path("id");

        // When
        var second = asAdmin()
                .header("Idempotency-Key", key)
                .body(body)
                .post(TENANTS)
                .then();

        // Then
        second.statusCode(201).body("id", equalTo(first)).header("Idempotent-Replayed", "true");
    }

    @Test
    void listsArePagedByCursor() {
        // Given
        createTenant("One");
        createTenant("Two");

        // When
        var first = asAdmin().get(TENANTS + "?limit=1").then().statusCode(200);

        // Then
        String next = first.header("Link", notNullValue()).extract().path("next");
        asAdmin()
                .get(TENANTS + "?limit=1&cursor=" + next)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].id", not(equalTo(first.extract().path("items[0].id"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {Roles.OWNER, Roles.EDITOR, Roles.VIEWER, Roles.PUBLISHER})
    void everyoneSeesItsOwnTenantAndNoOther(String role) {
        // Given
        String id = createTenant("Mine");

        // When
        var current = as(id, role).get(TENANTS + "/current").then();

        // Then
        current.statusCode(200).body("id", equalTo(id));
        as(id, role).get(TENANTS + "/" + id).then().statusCode(403).contentType("application/problem+json");
        as(id, role).get(TENANTS).then().statusCode(403);
    }

    @Test
    void nobodyIsServedWithoutAToken() {
        given().get(TENANTS).then().statusCode(401).contentType("application/problem+json");
    }

    @Test
    void anUnknownTenantIsNotFound() {
        asAdmin()
                .get(TENANTS + "/ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void theFieldThatIsWrongIsNamed() {
        asAdmin().body("{\"name\": \" \"}").post(TENANTS).then().statusCode(400).body("errors.field", hasItem("name"));
        asAdmin()
                .body("{\"name\": \"Acme\", \"payload_format\": \"xml\"}")
                .post(TENANTS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("payload_format"));
        asAdmin()
                .body("{\"name\": \"Acme\", \"limits\": {}}")
                .post(TENANTS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("limits"));
    }

    @Test
    void aPatchIsHeldToTheSameRules() {
        // Given
        String id = createTenant("Patched");

        // When
        var answer =
                asAdmin().body("{\"name\": null}").patch(TENANTS + "/" + id).then();

        // Then
        answer.statusCode(400).body("errors[0].field", equalTo("name"));
        asAdmin()
                .body("{\"limits\": 3}")
                .patch(TENANTS + "/" + id)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("limits"));
        asAdmin().body("[]").patch(TENANTS + "/" + id).then().statusCode(400);
    }

    @Test
    void deletingATenantDeletesAllItHas() {
        // Given
        String id = createTenant("Leaving");
        String webhook = createWebhook(id, WEBHOOK);
        String key = as(id, Roles.OWNER)
                .body("{\"name\": \"key\", \"role\": \"editor\"}")
                .post("/api/v1/api-keys")
                .path("key");

        // When
        var answer = asAdmin().delete(TENANTS + "/" + id).then();

        // Then
        answer.statusCode(204);
        assertThat(CompactedTopic.isDeleted(Topics.TENANTS, TenantRecord.key(id)))
                .isTrue();
        assertThat(CompactedTopic.isDeleted(Topics.TENANTS, ApiKeyRecord.key(ApiKeys.hash(key))))
                .isTrue();
        assertThat(CompactedTopic.isDeleted(Topics.ENDPOINTS, webhook)).isTrue();
        asAdmin().get(TENANTS + "/" + id).then().statusCode(404);
        as(id, Roles.EDITOR).body(WEBHOOK).post("/api/v1/webhooks").then().statusCode(403);
    }

    @Test
    void thePlatformsOwnTenantStays() {
        asAdmin().delete(TENANTS + "/" + TenantService.PLATFORM).then().statusCode(409);
    }
}
