package io.stockhook.subscription.token;

import static io.restassured.RestAssured.given;
import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.ApiKeys;
import io.stockhook.events.Ids;
import io.stockhook.events.TokenKeyRecord;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class TokenApiTests {

    private static final String TOKEN = "/api/v1/auth/token";
    private static final Duration PROPAGATION = Duration.ofSeconds(10);
    private static int addresses;

    @Inject
    TokenKeys tokenKeys;

    private String tenant = "";
    private String keyId = "";
    private String key = "";
    private String address = "";

    @BeforeEach
    void aClient() {
        tenant = createTenant("Tokens");
        var made = as(tenant, Roles.OWNER)
                .body("{\"name\": \"client\", \"role\": \"editor\"}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201);
        keyId = made.extract().path("id");
        key = made.extract().path("key");
        // Refusals count by address, and one test's must not stop the next.
        address = "127.0.1." + ++addresses;
    }

    @Test
    void anApiKeyIsExchangedForATokenThatLetsIn() throws JoseException {
        // When
        var answer = request()
                .formParam("client_id", keyId)
                .formParam("client_secret", key)
                .post(TOKEN)
                .then();

        // Then
        answer.statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(900))
                .body("scope", equalTo("editor"));
        String token = answer.extract().path("access_token");
        withToken(token).get("/api/v1/tenants/current").then().statusCode(200).body("id", equalTo(tenant));
        withToken(token).get("/api/v1/api-keys").then().statusCode(403);
        assertThat(claims(token))
                .containsEntry("iss", "https://stockhook.local")
                .containsEntry("aud", "stockhook")
                .containsEntry("sub", keyId)
                .containsEntry("client_id", keyId)
                .containsEntry("tenant", tenant)
                .containsKeys("jti", "iat", "exp");
    }

    @Test
    void aTokenIsVerifiedWithThePublishedKeys() throws JoseException {
        // Given
        String token = token("");

        // When
        String jwks = given().get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=300")
                .extract()
                .asString();

        // Then
        var signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        signature.setKey(new JsonWebKeySet(jwks)
                .findJsonWebKey(signature.getKeyIdHeaderValue(), "RSA", "sig", "RS256")
                .getKey());
        assertThat(signature.verifySignature()).isTrue();
        assertThat(jwks).doesNotContain("\"d\"");
    }

    @Test
    void aClientMayAuthenticateByHttpBasic() {
        given().auth()
                .preemptive()
                .basic(keyId, key)
                .formParam("grant_type", "client_credentials")
                .post(TOKEN)
                .then()
                .statusCode(200);
    }

    @Test
    void aScopeNarrowsTheRole() {
        // When
        String token = token("viewer");

        // Then
        withToken(token).get("/api/v1/webhooks").then().statusCode(200);
        withToken(token).body("{}").post("/api/v1/webhooks").then().statusCode(403);
    }

    @Test
    void aScopeDoesNotWidenTheRole() {
        body("viewer owner").statusCode(400).body("error", equalTo("invalid_scope"));
    }

    @Test
    void aTokenEndsWithItsKey() {
        // Given
        String token = token("");

        // When
        as(tenant, Roles.OWNER).delete("/api/v1/api-keys/" + keyId).then().statusCode(204);

        // Then
        await().atMost(PROPAGATION).untilAsserted(() -> withToken(token)
                .get("/api/v1/tenants/current")
                .then()
                .statusCode(401)
                .body("detail", containsString("was given for")));
    }

    @Test
    void anotherGrantIsRefused() {
        from(address)
                .formParam("grant_type", "password")
                .post(TOKEN)
                .then()
                .statusCode(400)
                .body("error", equalTo("unsupported_grant_type"));
    }

    @Test
    void aRequestWithoutGrantIsInvalid() {
        from(address)
                .formParam("scope", "viewer")
                .post(TOKEN)
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void aRepeatedParameterIsInvalid() {
        request()
                .formParam("client_id", keyId, keyId)
                .formParam("client_secret", key)
                .post(TOKEN)
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void aKeyThatIsNobodysIsAnInvalidClient() {
        request()
                .formParam("client_id", keyId)
                .formParam("client_secret", ApiKeys.generate())
                .post(TOKEN)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Basic"))
                .body("error", equalTo("invalid_client"));
    }

    @Test
    void aKeyUnderAnothersIdIsAnInvalidClient() {
        request()
                .formParam("client_id", Ids.next(Ids.Kind.API_KEY))
                .formParam("client_secret", key)
                .post(TOKEN)
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    @Test
    void whoeverGuessesHasToWait() {
        // Given
        for (int guess = 0; guess < 10; guess++) {
            request()
                    .formParam("client_id", keyId)
                    .formParam("client_secret", ApiKeys.generate())
                    .post(TOKEN)
                    .then()
                    .statusCode(401);
        }

        // When
        var answer = request()
                .formParam("client_id", keyId)
                .formParam("client_secret", key)
                .post(TOKEN)
                .then();

        // Then
        answer.statusCode(429).header("Retry-After", not(equalTo("0"))).body("error", equalTo("too_many_requests"));
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", keyId)
                .formParam("client_secret", key)
                .post(TOKEN)
                .then()
                .statusCode(200);
    }

    @Test
    void aRotatedKeyIsPublishedBeforeItSignsAndTheOneBeforeStays() {
        // Given
        String token = token("");
        String signingKid = kid(token);

        // When
        String next = TenantScope.asSystem(() -> tokenKeys.rotate(false)).kid();

        // Then
        given().get("/.well-known/jwks.json").then().body("keys.kid", hasItems(signingKid, next));
        assertThat(kid(token(""))).isEqualTo(signingKid);
        withToken(token).get("/api/v1/tenants/current").then().statusCode(200);
        await().atMost(PROPAGATION).untilAsserted(() -> {
            assertThat(CompactedTopic.latest(Topics.TENANTS, TokenKeyRecord.key(next), TokenKeyRecord.class)
                            .verifiesUntil())
                    .isNull();
            assertThat(CompactedTopic.latest(Topics.TENANTS, TokenKeyRecord.key(signingKid), TokenKeyRecord.class)
                            .verifiesUntil())
                    .isNotNull();
        });
    }

    @Test
    void aRevokedSigningKeyEndsItsTokensAtOnce() {
        // Given
        String token = token("");

        // When
        TenantScope.asSystem(() -> tokenKeys.rotate(true));

        // Then
        await().atMost(PROPAGATION)
                .untilAsserted(() ->
                        withToken(token).get("/api/v1/tenants/current").then().statusCode(401));
        given().get("/.well-known/jwks.json").then().body("keys.kid", not(hasItem(kid(token))));
        await().atMost(PROPAGATION).untilAsserted(() -> withToken(token(""))
                .get("/api/v1/tenants/current")
                .then()
                .statusCode(200));
    }

    private ValidatableResponse body(String scope) {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", keyId)
                .formParam("client_secret", key)
                .formParam("scope", scope)
                .post(TOKEN)
                .then();
    }

    private String token(String scope) {
        return body(scope).statusCode(200).extract().path("access_token");
    }

    private RequestSpecification request() {
        return from(address).formParam("grant_type", "client_credentials");
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address);
    }

    private static Map<String, Object> claims(String token) throws JoseException {
        return JsonUtil.parseJson(part(token, 1));
    }

    private static String kid(String token) {
        try {
            return String.valueOf(JsonUtil.parseJson(part(token, 0)).get("kid"));
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String token, int index) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[index]), StandardCharsets.UTF_8);
    }
}
