package io.stockhook.web.auth;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/** Who a verified token speaks for. Its claims are as the issuer wrote them; tenant and roles are what the platform makes of them. */
final class TokenPrincipal extends DefaultJWTCallerPrincipal {

    private final String issuerName;
    private final String subject;
    private final @Nullable String tenant;
    private final Set<String> roles;

    TokenPrincipal(
            String token,
            String issuerName,
            String subject,
            @Nullable String tenant,
            Set<String> roles,
            JwtClaims claims) {
        super(token, "Bearer", claims);
        this.issuerName = issuerName;
        this.subject = subject;
        this.tenant = tenant;
        this.roles = roles;
    }

    /** The subject, behind the name of a foreign issuer, so that nobody there can be taken for somebody here. */
    @Override
    public String getName() {
        return issuerName.isEmpty() ? subject : issuerName + ':' + subject;
    }

    @Override
    public Set<String> getGroups() {
        return roles;
    }

    /** The tenant as the token names it, unchecked; null if it names none. */
    @Nullable
    String tenant() {
        return tenant;
    }

    /** The API key that the platform gave the token for; empty for a foreign token. */
    Optional<String> keyId() {
        return issuerName.isEmpty() ? Optional.of(subject) : Optional.empty();
    }
}
