package io.stockhook.web.auth;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * Verifies bearer tokens (RFC 7519) of the platform and of the configured issuers, in place of the extension's one issuer and one
 * key. What a token says of itself chooses among the issuers and nothing else: not the algorithm, not where a key is.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class TokenVerifier extends JWTCallerPrincipalFactory {

    /** Headers by which a token brings its own key along (RFC 7515 4.1.2, 4.1.3, 4.1.5, 4.1.6). */
    private static final List<String> OWN_KEYS = List.of("jwk", "jku", "x5u", "x5c");

    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");
    private static final int PARTS = 3;

    private final int maxLength;
    private final Map<String, TokenIssuer> issuers = new HashMap<>();

    TokenVerifier(AuthConfig config, TenantDirectory directory, ForeignKeys foreignKeys) {
        this.maxLength = config.maxTokenLength();
        add(PlatformTokens.rules(config), kid -> directory.tokenKey(kid), config);
        config.issuers().forEach((name, issuer) -> add(rules(name, issuer), foreignKeys.of(name), config));
    }

    private void add(TokenIssuer.Rules rules, TokenIssuer.Keys keys, AuthConfig config) {
        if (issuers.put(rules.issuer(), new TokenIssuer(rules, keys, config.clockSkew())) != null) {
            throw new IllegalStateException("stockhook.auth.issuers: two are called '%s'".formatted(rules.issuer()));
        }
    }

    private static TokenIssuer.Rules rules(String name, IssuerConfig config) {
        return new TokenIssuer.Rules(
                name,
                config.issuer(),
                config.audience(),
                config.algorithm(),
                null,
                config.tenant().orElse(null),
                config.tenantClaim(),
                config.rolesClaim(),
                config.roleNames(),
                config.roles());
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo unused) throws RefusedTokenException {
        if (token.length() > maxLength) {
            throw new RefusedTokenException("The token is longer than %d characters.".formatted(maxLength), null);
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            throw new RefusedTokenException("The bearer token is neither an API key nor a signed JWT.", null);
        }
        Map<String, Object> header = object(parts[0]);
        String issuerName = object(parts[1]).get("iss") instanceof String text ? text : "";
        TokenIssuer issuer = issuers.get(issuerName);
        if (issuer == null) {
            throw new RefusedTokenException("The token's issuer is not known here.", null);
        }
        check(header, issuer.algorithm());
        return issuer.verify(token);
    }

    private static void check(Map<String, Object> header, String algorithm) throws RefusedTokenException {
        if (!algorithm.equals(header.get("alg"))) {
            throw new RefusedTokenException(
                    "The token's issuer signs with %s and nothing else.".formatted(algorithm), null);
        }
        for (String name : OWN_KEYS) {
            if (header.containsKey(name)) {
                throw new RefusedTokenException(
                        "The token brings a key of its own, in its header '%s'.".formatted(name), null);
            }
        }
        if (header.containsKey("crit")) {
            throw new RefusedTokenException("The token has critical headers, of which none is known here.", null);
        }
        if (header.containsKey("typ")
                && !(header.get("typ") instanceof String type && TYPES.contains(type.toLowerCase(Locale.ROOT)))) {
            throw new RefusedTokenException("The token is of another type.", null);
        }
    }

    private static Map<String, Object> object(String part) throws RefusedTokenException {
        try {
            return JsonUtil.parseJson(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | JoseException e) {
            throw new RefusedTokenException("The token cannot be read.", e);
        }
    }
}
