package io.stockhook.web.auth;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import io.stockhook.events.ApiKeyRecord;
import io.stockhook.events.ApiKeys;
import io.stockhook.events.Ids;
import io.stockhook.platform.testing.Concurrently;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.trial.TenantsTopic;
import io.stockhook.web.trial.TrialTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TrialTest
class AuthenticationTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void withoutTokenIs401WithAChallenge() {
        given().get("/api/v1/notes")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("type", equalTo("/docs/problems#unauthorized"))
                .body("trace_id.length()", is(32));
    }

    @Test
    void aJwtNamesTenantAndRoles() {
        whoIs(TestTokens.of(TestTokens.tenant("jwt"), Roles.EDITOR))
                .statusCode(200)
                .body("tenant", equalTo(TestTokens.tenant("jwt")))
                .body("roles", contains(Roles.EDITOR));
    }

    @Test
    void anExpiredJwtIs401() {
        whoIs(TestTokens.expired(TestTokens.tenant("jwt"), Roles.EDITOR))
                .statusCode(401)
                .header("WWW-Authenticate", containsString("invalid_token"));
    }

    @Test
    void whatIsNoTokenAtAllIs401() {
        whoIs("nonsense").statusCode(401).contentType("application/problem+json");
    }

    @Test
    void aJwtWithoutTenantIs403ThatSaysSo() {
        whoIs(TestTokens.of("", Roles.EDITOR)).statusCode(403).body("detail", containsString("tenant"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "ten_1", "wh_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f"})
    void aJwtWhoseTenantIsNoTenantsIdIs403(String tenant) {
        whoIs(TestTokens.of(tenant, Roles.EDITOR)).statusCode(403).body("detail", containsString("tenant"));
    }

    @Test
    void anApiKeyNamesTenantAndRole() {
        // Given
        String key = TenantsTopic.key(TestTokens.tenant("key"), Roles.VIEWER);

        // When
        var answer = whoIsKnown(key);

        // Then
        answer.statusCode(200)
                .body("tenant", equalTo(TestTokens.tenant("key")))
                .body("roles", contains(Roles.VIEWER))
                .body("subject", startsWith("key_"));
    }

    @Test
    void anUnknownApiKeyIs401() {
        whoIs(ApiKeys.generate()).statusCode(401).body("detail", containsString("not known"));
    }

    @Test
    void aMistypedApiKeyIs401WithoutALookUp() {
        whoIs(ApiKeys.generate().replaceAll(".$", "-")).statusCode(401).body("detail", containsString("mistyped"));
    }

    @Test
    void aKeyThatIsRegisteredAMomentLaterIsLetIn() {
        // Given
        String key = ApiKeys.generate();
        var registration = Concurrently.run(
                () -> TenantsTopic.register(key, TestTokens.tenant("late"), Roles.VIEWER, null, List.of()));

        // When
        var answer = whoIsKnown(key);

        // Then
        registration.join();
        answer.statusCode(200).body("tenant", equalTo(TestTokens.tenant("late")));
    }

    @Test
    void aRevokedKeyIs401() {
        // Given
        String key = TenantsTopic.key(TestTokens.tenant("key"), Roles.VIEWER);
        whoIsKnown(key).statusCode(200);

        // When
        TenantsTopic.revoke(key);

        // Then
        Awaitility.await().atMost(SOON).untilAsserted(() -> whoIs(key).statusCode(401));
    }

    @Test
    void anExpiredKeyIs401() {
        String key = TenantsTopic.key(
                TestTokens.tenant("key"), Roles.VIEWER, Instant.now().minusSeconds(1), List.of());
        whoIsKnown(key).statusCode(401).body("detail", containsString("expired"));
    }

    @Test
    void aKeyIsRefusedOutsideItsRanges() {
        String key = TenantsTopic.key(TestTokens.tenant("key"), Roles.VIEWER, null, List.of("203.0.113.0/24"));
        whoIsKnown(key).statusCode(401).body("detail", containsString("address"));
    }

    @Test
    void aKeyIsLetInWithinItsRanges() {
        whoIsKnown(TenantsTopic.key(TestTokens.tenant("key"), Roles.VIEWER, null, List.of("127.0.0.0/8", "::1")))
                .statusCode(200);
    }

    @Test
    void aKeyWhoseRecordTurnsUnreadableIsRefused() {
        // Given
        String key = TenantsTopic.key(TestTokens.tenant("key"), Roles.VIEWER);
        whoIsKnown(key).statusCode(200);

        // When
        TenantsTopic.send(ApiKeyRecord.key(ApiKeys.hash(key)), "{".getBytes(UTF_8));

        // Then
        Awaitility.await().atMost(SOON).untilAsserted(() -> whoIs(key).statusCode(401));
        whoIsKnown(TenantsTopic.key(TestTokens.tenant("key"), Roles.VIEWER)).statusCode(200);
    }

    @Test
    void nobodyOfASuspendedTenantIsLetIn() {
        // Given
        String tenant = Ids.next(Ids.Kind.TENANT);
        String key = TenantsTopic.key(tenant, Roles.OWNER);
        whoIsKnown(key).statusCode(200);

        // When
        TenantsTopic.tenant(tenant, false);

        // Then
        Awaitility.await().atMost(SOON).untilAsserted(() -> whoIs(key).statusCode(403));
        whoIs(TestTokens.of(tenant, Roles.OWNER)).statusCode(403);
    }

    @Test
    void theIdentityIsThereOnTheEventLoopToo() {
        given().auth()
                .oauth2(TestTokens.of(TestTokens.tenant("jwt"), Roles.VIEWER))
                .get("/api/v1/notes/caller-without-blocking")
                .then()
                .statusCode(200)
                .body("tenant", equalTo(TestTokens.tenant("jwt")));
    }

    private static ValidatableResponse whoIs(String token) {
        return given().auth().oauth2(token).get("/api/v1/notes/caller").then();
    }

    /** Asks until the key has arrived, which on a busy machine takes longer than a request waits for it. */
    private static ValidatableResponse whoIsKnown(String key) {
        return Awaitility.await()
                .atMost(SOON)
                .until(() -> whoIs(key), answer -> !answer.extract().asString().contains("not known"));
    }
}
