package io.stockhook.web.auth;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.stockhook.events.Ids;
import io.stockhook.web.problem.Problems;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Adds to a proven identity the tenant it acts for and the roles that its roles include; the same for keys and JWTs. */
@Singleton
class TenantAugmentor implements SecurityIdentityAugmentor {

    /** The JWT's claim that names the tenant. */
    private static final String TENANT_CLAIM = "tenant";

    private static final Map<String, Set<String>> INCLUDED = Map.of(
            Roles.OWNER, Set.of(Roles.EDITOR, Roles.VIEWER, Roles.PUBLISHER),
            Roles.EDITOR, Set.of(Roles.VIEWER, Roles.PUBLISHER));

    private final TenantDirectory directory;

    TenantAugmentor(TenantDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.isAnonymous()) {
            return Uni.createFrom().item(identity);
        }
        String tenant = tenantOf(identity);
        if (tenant == null && !identity.hasRole(Roles.ADMIN)) {
            return Uni.createFrom()
                    .failure(Problems.forbidden("The token names no tenant in its claim '" + TENANT_CLAIM + "'."));
        }
        if (tenant != null && directory.isSuspended(tenant)) {
            return Uni.createFrom().failure(Problems.forbidden("The tenant is suspended."));
        }
        return Uni.createFrom().item(augmented(identity, tenant));
    }

    private static @Nullable String tenantOf(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof JsonWebToken jwt) {
            Object claim = jwt.getClaim(TENANT_CLAIM);
            // Nothing but an id: TenantScope has names of its own, which reach across the wall.
            return claim instanceof String tenant && Ids.isA(Ids.Kind.TENANT, tenant) ? tenant : null;
        }
        return identity.getAttribute(Caller.TENANT);
    }

    private static SecurityIdentity augmented(SecurityIdentity identity, @Nullable String tenant) {
        Set<String> roles = new HashSet<>(identity.getRoles());
        identity.getRoles().forEach(role -> roles.addAll(INCLUDED.getOrDefault(role, Set.of())));
        var builder = QuarkusSecurityIdentity.builder(identity)
                .addRoles(roles)
                .addAttribute(Caller.GRANTED_ROLES, Set.copyOf(identity.getRoles()));
        if (tenant != null) {
            builder.addAttribute(Caller.TENANT, tenant);
        }
        return builder.build();
    }
}
