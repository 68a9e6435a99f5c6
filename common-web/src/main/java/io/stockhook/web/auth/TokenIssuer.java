package io.stockhook.web.auth;

import java.security.Key;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Someone whose tokens are accepted, and by which rules (RFC 8725): one algorithm, keys from nowhere but here, issuer and audience
 * to the letter, and an end. Thread-safe; never blocks.
 */
final class TokenIssuer {

    private final Rules rules;
    private final JwtConsumer consumer;

    /**
     * What holds for an issuer's tokens.
     *
     * @param name stands before their subject; empty for the platform itself, whose subjects are its own
     * @param type what {@code typ} has to be; null for {@code JWT} or none
     * @param tenant the tenant that they all act for; null if they name it
     */
    record Rules(
            String name,
            String issuer,
            String audience,
            String algorithm,
            @Nullable String type,
            @Nullable String tenant,
            String tenantClaim,
            String rolesClaim,
            Map<String, String> roleNames,
            Set<String> roles) {}

    /** Finds the key that a token's header names. */
    interface Keys {
        /** @param kid null if the header names none */
        Optional<Key> find(@Nullable String kid);
    }

    TokenIssuer(Rules rules, Keys keys, Duration clockSkew) {
        this.rules = rules;
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setExpectedIssuer(true, rules.issuer())
                .setExpectedAudience(true, rules.audience())
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds((int) clockSkew.toSeconds())
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, rules.algorithm())
                .setVerificationKeyResolver((signature, nesting) -> keys.find(signature.getKeyIdHeaderValue())
                        .orElseThrow(() -> new UnresolvableKeyException("unknown")));
        this.consumer = rules.type() == null
                ? builder.build()
                : builder.setExpectedType(true, rules.type()).build();
    }

    /** What its tokens are signed with, and nothing else. */
    String algorithm() {
        return rules.algorithm();
    }

    /**
     * The identity that a token proves, its tenant and roles under the names that the platform uses.
     *
     * @throws RefusedTokenException saying why it proves none, in words that repeat nothing secret
     */
    TokenPrincipal verify(String token) throws RefusedTokenException {
        try {
            JwtClaims claims = consumer.processToClaims(token);
            return new TokenPrincipal(token, rules.name(), claims.getSubject(), tenant(claims), roles(claims), claims);
        } catch (InvalidJwtException e) {
            throw new RefusedTokenException(reason(e), e);
        } catch (MalformedClaimException e) {
            throw new RefusedTokenException("A claim of the token is not of its type.", e);
        }
    }

    private @Nullable String tenant(JwtClaims claims) {
        return rules.tenant() != null
                ? rules.tenant()
                : claim(claims, rules.tenantClaim()) instanceof String text ? text : null;
    }

    private Set<String> roles(JwtClaims claims) {
        Object claim = claim(claims, rules.rolesClaim());
        List<?> values = claim instanceof List<?> list ? list : claim == null ? List.of() : List.of(claim);
        Set<String> roles = new HashSet<>();
        for (Object value : values) {
            String text = String.valueOf(value);
            String role = Objects.requireNonNullElse(rules.roleNames().get(text), text);
            if (rules.roles().contains(role)) {
                roles.add(role);
            }
        }
        return Set.copyOf(roles);
    }

    private static @Nullable Object claim(JwtClaims claims, String path) {
        if (claims.hasClaim(path)) {
            return claims.getClaimValue(path);
        }
        int dot = path.indexOf('.');
        return dot > 0 && claims.getClaimValue(path.substring(0, dot)) instanceof Map<?, ?> members
                ? members.get(path.substring(dot + 1))
                : null;
    }

    private String reason(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "The token has expired.";
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID) || e.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_FUTURE)) {
            return "The token is not valid yet.";
        }
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "The token is for another audience.";
        }
        if (e.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
            return "The token has no end: its claim 'exp' is missing.";
        }
        if (e.hasErrorCode(ErrorCodes.ISSUED_AT_MISSING)) {
            return "The token lacks its claim 'iat'.";
        }
        if (e.hasErrorCode(ErrorCodes.SUBJECT_MISSING)) {
            return "The token lacks its claim 'sub'.";
        }
        if (e.hasErrorCode(ErrorCodes.TYPE_INVALID) || e.hasErrorCode(ErrorCodes.TYPE_MISSING)) {
            return "The token is no access token: its 'typ' is not '%s'.".formatted(rules.type());
        }
        if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
            return "The token's signature does not hold.";
        }
        return e.getCause() instanceof UnresolvableKeyException
                ? "The token names no key of its issuer."
                : "The token cannot be read.";
    }
}
