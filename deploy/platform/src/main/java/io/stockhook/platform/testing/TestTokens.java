package io.stockhook.platform.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Signed JSON Web Tokens (RFC 7519, RS256) that a service under test accepts, of an issuer that it is configured with. */
public final class TestTokens {

    /** The issuer that the services under test trust. */
    public static final String ISSUER = "https://tests.stockhook.local";

    /** The audience that they want its tokens to have. */
    static final String AUDIENCE = "stockhook-tests";

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final KeyPair KEYS = generate();

    private TestTokens() {}

    /** The tenant id that a test means by this name, always the same. */
    public static String tenant(String name) {
        return "ten_" + HexFormat.of().formatHex(uuidBytes(name));
    }

    private static byte[] uuidBytes(String name) {
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    /** A token of this tenant with these roles, valid for an hour. */
    public static String of(String tenant, String... roles) {
        return signed(tenant, List.of(roles), Instant.now());
    }

    /** The same, but it expired an hour ago. */
    public static String expired(String tenant, String... roles) {
        return signed(tenant, List.of(roles), Instant.now().minus(LIFETIME.multipliedBy(2)));
    }

    /** What the services under test verify with, as a base64 encoded {@code SubjectPublicKeyInfo}. */
    static String publicKey() {
        return Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
    }

    private static String signed(String tenant, List<String> roles, Instant issued) {
        String groups = roles.stream().map(role -> '"' + role + '"').collect(Collectors.joining(",", "[", "]"));
        String claims = """
                {"iss":"%s","aud":"%s","sub":"%s","tenant":"%s","groups":%s,"iat":%d,"exp":%d}""".formatted(
                        ISSUER,
                        AUDIENCE,
                        tenant,
                        tenant,
                        groups,
                        issued.getEpochSecond(),
                        issued.plus(LIFETIME).getEpochSecond());
        String content = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + '.' + encode(claims);
        return content + '.' + sign(content);
    }

    private static String sign(String content) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEYS.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
