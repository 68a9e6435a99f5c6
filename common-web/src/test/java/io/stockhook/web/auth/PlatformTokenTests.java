package io.stockhook.web.auth;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.ValidatableResponse;
import io.stockhook.events.ApiKeyRecord;
import io.stockhook.events.ApiKeys;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.TokenKeyRecord;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.trial.TenantsTopic;
import io.stockhook.web.trial.TrialTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform's own tokens on a service that knows their keys from the topic, and all that RFC 8725 warns of. */
@TrialTest
class PlatformTokenTests {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String TENANT = TestTokens.tenant("token");

    private RsaJsonWebKey signingKey;
    private String keyHash = "";
    private String keyId = "";

    @BeforeEach
    void aSigningKeyAndAClient() throws JoseException {
        signingKey = RsaJwkGenerator.generateJwk(2048);
        signingKey.setKeyId("kid-" + Ids.next(Ids.Kind.API_KEY));
        publish(null);
        registerClient(null, List.of());
        Awaitility.await().atMost(SOON).untilAsserted(() -> whoIs(valid()).statusCode(200));
    }

    @Test
    void aTokenNamesTenantRoleAndTheKeyItWasGivenFor() {
        whoIs(valid())
                .statusCode(200)
                .body("tenant", equalTo(TENANT))
                .body("roles", contains(Roles.EDITOR))
                .body("subject", equalTo(keyId));
    }

    @Test
    void aTokenEndsWithItsKey() {
        // When
        TenantsTopic.send(ApiKeyRecord.key(keyHash), null);

        // Then
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> whoIs(valid()).statusCode(401).body("detail", containsString("was given for")));
    }

    @Test
    void aTokenIsOfUseOnlyWhereItsKeyIs() {
        // When
        registerClient(null, List.of("203.0.113.0/24"));

        // Then
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> whoIs(valid()).statusCode(401).body("detail", containsString("address")));
    }

    @Test
    void aSigningKeyThatIsTakenBackVerifiesNothing() {
        // When
        TenantsTopic.send(TokenKeyRecord.key(signingKey.getKeyId()), null);

        // Then
        Awaitility.await().atMost(SOON).untilAsserted(() -> whoIs(valid()).statusCode(401));
    }

    @Test
    void aSigningKeyVerifiesUntilItsEnd() {
        // When
        publish(Instant.now().minusSeconds(1));

        // Then
        Awaitility.await().atMost(SOON).untilAsserted(() -> whoIs(valid()).statusCode(401));
    }

    @Test
    void anUnsignedTokenIs401() throws JoseException {
        refused(token(unsigned -> {
            unsigned.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            unsigned.setAlgorithmHeaderValue("none");
            unsigned.setKey(null);
        }));
    }

    @Test
    void aStrippedSignatureIs401() {
        refused(valid().replaceAll("[^.]*$", ""));
    }

    @Test
    void aTokenHashedWithThePublicKeyIs401() throws JoseException {
        refused(token(confused -> {
            confused.setAlgorithmHeaderValue("HS256");
            confused.setKey(new HmacKey(signingKey.getPublicKey().getEncoded()));
        }));
    }

    @Test
    void aTokenSignedWithAnotherAlgorithmOfTheSameKeyIs401() throws JoseException {
        refused(token(other -> other.setAlgorithmHeaderValue("PS256")));
    }

    @Test
    void aTokenSignedByAKeyThatItBringsAlongIs401() throws JoseException {
        RsaJsonWebKey own = RsaJwkGenerator.generateJwk(2048);
        refused(token(embedded -> {
            embedded.setKey(own.getPrivateKey());
            embedded.setJwkHeader(own);
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u"})
    void aTokenThatSaysWhereItsKeyIsIs401(String header) throws JoseException {
        refused(token(pointing -> pointing.setHeader(header, "http://127.0.0.1:9/keys")))
                .body("detail", containsString(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../../dev/null", "/etc/passwd", "' or '1'='1", "http://127.0.0.1:9/k", ""})
    void aKeyIdIsNothingButAName(String kid) throws JoseException {
        refused(token(traversing -> traversing.setKeyIdHeaderValue(kid)));
    }

    @Test
    void aTokenWithoutKeyIdIs401() throws JoseException {
        refused(token(nameless -> nameless.getHeaders().setObjectHeaderValue("kid", null)));
    }

    @Test
    void aTokenOfAnotherTypeIs401() throws JoseException {
        refused(token(idToken -> idToken.setHeader("typ", "JWT"))).body("detail", containsString("access token"));
    }

    @Test
    void aTokenWithACriticalHeaderIs401() throws JoseException {
        refused(token(critical -> {
                    critical.setCriticalHeaderNames("b64");
                    critical.setHeader("b64", "true");
                }))
                .body("detail", containsString("critical"));
    }

    @Test
    void anotherIssuersTokenIs401() throws JoseException {
        refused(token(claims -> claims.setIssuer("https://evil.example.com"), signed -> {}))
                .body("detail", containsString("issuer"));
    }

    @Test
    void aTokenForAnotherAudienceIs401() throws JoseException {
        refused(token(claims -> claims.setAudience("billing"), signed -> {}))
                .body("detail", containsString("audience"));
    }

    @Test
    void anExpiredTokenIs401() throws JoseException {
        refused(token(claims -> claims.setExpirationTimeMinutesInTheFuture(-2), signed -> {}))
                .body("detail", containsString("expired"));
    }

    @Test
    void aTokenOfTheFutureIs401() throws JoseException {
        refused(token(claims -> claims.setNotBeforeMinutesInThePast(-5), signed -> {}))
                .body("detail", containsString("not valid yet"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "sub", "aud", "iss"})
    void aTokenThatLacksAClaimIs401(String claim) throws JoseException {
        refused(token(claims -> claims.unsetClaim(claim), signed -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "aud", "sub"})
    void aClaimOfAnotherTypeIs401(String claim) throws JoseException {
        refused(token(claims -> claims.setClaim(claim, Map.of("x", "y")), signed -> {}));
    }

    @Test
    void aTokenOfAnyLengthIsReadUpToALimit() throws JoseException {
        refused(token(claims -> claims.setClaim("padding", "x".repeat(9000)), signed -> {}))
                .body("detail", containsString("8192"));
    }

    @Test
    void aTokenThatNamesAForeignRoleHasNone() throws JoseException {
        whoIs(token(claims -> claims.setStringListClaim("groups", "root"), signed -> {}))
                .statusCode(403);
    }

    @Test
    void aTokenSignedOnACurveIs401() throws JoseException {
        JsonWebKey curve = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        refused(token(other -> {
            other.setAlgorithmHeaderValue("ES256");
            other.setKey(((PublicJsonWebKey) curve).getPrivateKey());
        }));
    }

    @Test
    void anAlteredTokenIs401() {
        String[] parts = valid().split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace(Roles.EDITOR, Roles.OWNER);
        String altered = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8));
        refused(parts[0] + '.' + altered + '.' + parts[2]).body("detail", containsString("signature"));
    }

    private String valid() {
        try {
            return token(signed -> {});
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token(Consumer<JsonWebSignature> change) throws JoseException {
        return token(claims -> {}, change);
    }

    private String token(Consumer<JwtClaims> claimsChange, Consumer<JsonWebSignature> change) throws JoseException {
        var claims = new JwtClaims();
        claims.setIssuer("https://stockhook.local");
        claims.setAudience("stockhook");
        claims.setSubject(keyId);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setStringClaim("tenant", TENANT);
        claims.setStringListClaim("groups", Roles.EDITOR);
        claimsChange.accept(claims);
        var token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue("RS256");
        token.setHeader("typ", "at+jwt");
        token.setKeyIdHeaderValue(signingKey.getKeyId());
        token.setKey(signingKey.getPrivateKey());
        change.accept(token);
        return token.getCompactSerialization();
    }

    private void publish(@Nullable Instant verifiesUntil) {
        String publicKey =
                Base64.getEncoder().encodeToString(signingKey.getPublicKey().getEncoded());
        TenantsTopic.tokenKey(new TokenKeyRecord(signingKey.getKeyId(), publicKey, verifiesUntil));
    }

    private void registerClient(@Nullable Instant expiresAt, List<String> cidrs) {
        if (keyId.isEmpty()) {
            keyId = Ids.next(Ids.Kind.API_KEY);
            keyHash = ApiKeys.hash(ApiKeys.generate());
        }
        TenantsTopic.send(
                ApiKeyRecord.key(keyHash),
                Json.write(new ApiKeyRecord(keyHash, keyId, TENANT, Roles.EDITOR, expiresAt, cidrs)));
    }

    private static ValidatableResponse refused(String token) {
        return whoIs(token).statusCode(401).header("WWW-Authenticate", containsString("invalid_token"));
    }

    private static ValidatableResponse whoIs(String token) {
        return given().auth().oauth2(token).get("/api/v1/notes/caller").then();
    }
}
