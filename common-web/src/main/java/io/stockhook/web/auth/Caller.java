package io.stockhook.web.auth;

import io.quarkus.security.identity.SecurityIdentity;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.Set;

/**
 * Who sent the current request, as proved by its token and by nothing else in the request.
 *
 * <p>Usable only while a request is active.
 */
@RequestScoped
public class Caller {

    static final String TENANT = "stockhook.tenant";
    static final String KEY_ID = "stockhook.key";
    static final String GRANTED_ROLES = "stockhook.roles";

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /**
     * The tenant the caller acts for.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 403 if the caller acts for none, as the platform's admin does
     */
    public String tenantId() {
        return tenant().orElseThrow(
                        () -> Problems.forbidden("This resource belongs to a tenant and the token names none."));
    }

    /** The tenant the caller acts for; empty for the platform's admin and where no one is authenticated. */
    public Optional<String> tenant() {
        return Optional.ofNullable(identity.<String>getAttribute(TENANT));
    }

    /** The roles as granted in the token, without those they include; empty where no one is authenticated. */
    public Set<String> roles() {
        Set<String> granted = identity.getAttribute(GRANTED_ROLES);
        return granted == null ? Set.of() : granted;
    }

    /** Whether the caller has this role, granted or included in a granted one. */
    public boolean has(String role) {
        return identity.hasRole(role);
    }

    /** The API key's identifier, or the subject of the JWT. Fit for an audit trail; never a secret. */
    public String subject() {
        return identity.getPrincipal().getName();
    }

    /** The identifier of the API key that was used, or that the platform gave the token for; empty with a foreign token. */
    public Optional<String> keyId() {
        return Optional.ofNullable(identity.<String>getAttribute(KEY_ID));
    }
}
