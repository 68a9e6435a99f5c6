package io.stockhook.subscription.token;

import io.quarkus.security.AuthenticationFailedException;
import io.stockhook.events.MicroClock;
import io.stockhook.subscription.token.TokenKeys.Signer;
import io.stockhook.web.auth.AuthConfig;
import io.stockhook.web.auth.ClientCredentials;
import io.stockhook.web.auth.ClientCredentials.Client;
import io.stockhook.web.auth.PlatformTokens;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Exchanges an API key for an access token (RFC 6749 4.4, RFC 9068). */
@ApplicationScoped
class TokenService {

    private static final Duration SIGNER_KEPT = Duration.ofSeconds(2);

    private final ClientCredentials clients;
    private final TokenKeys keys;
    private final TokenConfig config;
    private final AuthConfig auth;
    private final Attempts refusals;
    private final Attempts tokens;
    private volatile @Nullable Kept kept;

    /** A signer, and until when it is not asked for again. */
    private record Kept(Signer signer, Instant until) {}

    TokenService(ClientCredentials clients, TokenKeys keys, TokenConfig config, AuthConfig auth) {
        this.clients = clients;
        this.keys = keys;
        this.config = config;
        this.auth = auth;
        this.refusals = new Attempts(config.refusalsPerMinute());
        this.tokens = new Attempts(config.tokensPerMinute());
    }

    /** @throws TokenError 429 if too many requests from there were refused within the last minute */
    void requireFewRefusals(@Nullable InetAddress from) {
        Duration wait = refusals.left(Attempts.network(from));
        if (!wait.isZero()) {
            throw TokenError.tooMany(wait);
        }
    }

    /** Counts a refused request. */
    void countRefusal(@Nullable InetAddress from) {
        refusals.count(Attempts.network(from));
    }

    /** @throws TokenError if there is no token for it */
    TokenView issue(TokenRequest request, @Nullable InetAddress from) {
        Client client;
        try {
            client = clients.check(request.clientId(), request.clientSecret(), from);
        } catch (AuthenticationFailedException e) {
            throw TokenError.invalidClient(String.valueOf(e.getMessage()));
        }
        Set<String> roles = roles(client, request.scopes());
        Duration wait = tokens.count(client.keyId());
        if (!wait.isZero()) {
            throw TokenError.tooMany(wait);
        }
        return token(client, roles);
    }

    private static Set<String> roles(Client client, Set<String> scopes) {
        if (scopes.isEmpty()) {
            return Set.of(client.role());
        }
        for (String scope : scopes) {
            if (!scope.equals(client.role()) && !Roles.includedIn(client.role()).contains(scope)) {
                throw TokenError.of(
                        "invalid_scope",
                        "A scope is a role that the key has or includes: the key's is %s.".formatted(client.role()));
            }
        }
        return scopes;
    }

    private TokenView token(Client client, Set<String> roles) {
        Instant now = MicroClock.now();
        Instant end = now.plus(config.lifetime());
        if (client.expiresAt() != null && client.expiresAt().isBefore(end)) {
            end = client.expiresAt();
        }
        List<String> sorted = roles.stream().sorted().toList();
        var claims = new JwtClaims();
        claims.setIssuer(auth.issuer());
        claims.setAudience(auth.audience());
        claims.setSubject(client.keyId());
        claims.setStringClaim("client_id", client.keyId());
        claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
        claims.setExpirationTime(NumericDate.fromMilliseconds(end.toEpochMilli()));
        claims.setJwtId(UUID.randomUUID().toString());
        client.tenantId().ifPresent(tenant -> claims.setStringClaim(PlatformTokens.TENANT_CLAIM, tenant));
        claims.setStringListClaim(PlatformTokens.ROLES_CLAIM, sorted);
        String scope = String.join(" ", sorted);
        claims.setStringClaim("scope", scope);
        long expiresIn = Math.max(0, Duration.between(now, end).toSeconds());
        return new TokenView(signed(claims), "Bearer", expiresIn, scope);
    }

    private String signed(JwtClaims claims) {
        Signer signer = signer();
        var token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue(PlatformTokens.ALGORITHM);
        token.setHeader("typ", PlatformTokens.TYPE);
        token.setKeyIdHeaderValue(signer.kid());
        token.setKey(signer.privateKey());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("token not signed: kid=" + signer.kid(), e);
        }
    }

    private Signer signer() {
        Kept known = kept;
        Instant now = Instant.now();
        if (known == null || known.until().isBefore(now)) {
            known = new Kept(TenantScope.asSystem(keys::signer), now.plus(SIGNER_KEPT));
            kept = known;
        }
        return known.signer();
    }
}
