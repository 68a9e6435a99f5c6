package io.stockhook.subscription.token;

import io.stockhook.subscription.token.TokenKeys.TokenKeyState;
import io.stockhook.web.auth.PlatformTokens;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /.well-known/jwks.json}: what whoever is given a token verifies it with (RFC 7517). */
@Path("/.well-known/jwks.json")
@Tag(name = "Tokens")
@PermitAll
public class JwksResource {

    private final TokenKeys keys;
    private final TokenConfig config;

    JwksResource(TokenKeys keys, TokenConfig config) {
        this.keys = keys;
        this.config = config;
    }

    /** A set of keys. */
    @Schema(name = "Jwks", description = "The keys that access tokens are verified with (RFC 7517).")
    public record Jwks(List<Jwk> keys) {}

    /** An RSA key (RFC 7518, section 6.3.1). */
    @Schema(name = "Jwk", description = "An RSA key (RFC 7518, section 6.3.1).")
    public record Jwk(
            @Schema(description = "The kind of key.", examples = "RSA")
            String kty,

            @Schema(description = "What it is for.", examples = "sig")
            String use,

            @Schema(description = "What it signs with.", examples = "RS256")
            String alg,

            @Schema(description = "What a token's header names it by.", examples = "5f1c0d9a7b3e2c41")
            String kid,

            @Schema(
                    description = "The modulus, base64url.",
                    examples = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78")
            String n,

            @Schema(description = "The exponent, base64url.", examples = "AQAB")
            String e) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Show the keys of access tokens",
            description = "A key is here for a while before it signs, and until its last token has expired.")
    public Response jwks() {
        List<Jwk> shown = TenantScope.asSystem(keys::verifying).stream()
                .map(JwksResource::jwk)
                .toList();
        return Response.ok(new Jwks(shown))
                .header(
                        HttpHeaders.CACHE_CONTROL,
                        "public, max-age=" + config.jwksCache().toSeconds())
                .build();
    }

    private static Jwk jwk(TokenKeyState key) {
        try {
            var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicKey()));
            RSAPublicKey rsa = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
            return new Jwk(
                    "RSA",
                    "sig",
                    PlatformTokens.ALGORITHM,
                    key.kid(),
                    unsigned(rsa.getModulus()),
                    unsigned(rsa.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("token key is no RSA key: kid=" + key.kid(), e);
        }
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] magnitude = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(magnitude);
    }
}
