package io.stockhook.web.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.ValidatableResponse;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.trial.ForeignIssuer;
import io.stockhook.web.trial.TrialTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID provider whose keys are fetched over HTTP. */
@TrialTest
class ForeignTokenTests {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String TENANT = TestTokens.tenant("foreign");

    @Test
    void aForeignTokensClaimsAreReadAsConfigured() {
        whoIsKnown(token(ForeignIssuer.key(), claims -> {}))
                .statusCode(200)
                .body("tenant", equalTo(TENANT))
                .body("roles", contains(Roles.EDITOR))
                .body("subject", equalTo("acme:alice"));
    }

    @Test
    void aKeyThatTheIssuerBeginsToUseIsFetched() {
        // Given
        RsaJsonWebKey next = ForeignIssuer.rotate();

        // When
        var answer = whoIsKnown(token(next, claims -> {}));

        // Then
        answer.statusCode(200);
    }

    @Test
    void aForeignIssuerMakesNoAdmin() {
        whoIsKnown(token(
                        ForeignIssuer.key(),
                        claims -> claims.setClaim("realm_access", Map.of("roles", List.of("admin")))))
                .statusCode(403);
    }

    @Test
    void aForeignTokenForSomebodyElseIs401() {
        whoIsKnown(token(ForeignIssuer.key(), claims -> claims.setAudience("stockhook")))
                .statusCode(401)
                .body("detail", containsString("audience"));
    }

    @Test
    void aForeignKeySignsForNoOtherIssuer() {
        whoIs(token(ForeignIssuer.key(), claims -> {
                    claims.setIssuer("https://stockhook.local");
                    claims.setAudience("stockhook");
                }))
                .statusCode(401);
        whoIs(token(ForeignIssuer.key(), claims -> {
                    claims.setIssuer(TestTokens.ISSUER);
                    claims.setAudience("stockhook-tests");
                }))
                .statusCode(401)
                .body("detail", containsString("signature"));
    }

    @Test
    void aForeignTokenHashedWithThePublicKeyIs401() throws JoseException {
        // Given
        var confused = signature(ForeignIssuer.key(), claims -> {});
        confused.setAlgorithmHeaderValue("HS256");
        confused.setKey(new HmacKey(ForeignIssuer.key().getPublicKey().getEncoded()));

        // When
        var answer = whoIs(confused.getCompactSerialization());

        // Then
        answer.statusCode(401).body("detail", containsString("RS256"));
    }

    @Test
    void aForeignTokenWithoutEndIs401() {
        whoIsKnown(token(ForeignIssuer.key(), claims -> claims.unsetClaim("exp")))
                .statusCode(401)
                .body("detail", containsString("exp"));
    }

    private static String token(RsaJsonWebKey key, Consumer<JwtClaims> change) {
        try {
            return signature(key, change).getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonWebSignature signature(RsaJsonWebKey key, Consumer<JwtClaims> change) {
        var claims = new JwtClaims();
        claims.setIssuer(ForeignIssuer.NAME);
        claims.setAudience(ForeignIssuer.AUDIENCE);
        claims.setSubject("alice");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setStringClaim("https://stockhook.dev/tenant", TENANT);
        claims.setClaim("realm_access", Map.of("roles", List.of("webhook-people", "unknown")));
        change.accept(claims);
        var token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue("RS256");
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setKey(key.getPrivateKey());
        return token;
    }

    /** Asks until the issuer's keys have been fetched. */
    private static ValidatableResponse whoIsKnown(String token) {
        return Awaitility.await().atMost(SOON).until(() -> whoIs(token), answer -> !answer.extract()
                .asString()
                .contains("no key of its issuer"));
    }

    private static ValidatableResponse whoIs(String token) {
        return given().auth().oauth2(token).get("/api/v1/notes/caller").then();
    }
}
