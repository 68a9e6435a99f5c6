package io.stockhook.web.auth;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.stockhook.events.Ids;
import io.stockhook.web.problem.Problems;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds to a proven identity the tenant it acts for and the roles that its roles include; the same for keys and JWTs. */
@Singleton
class TenantAugmentor implements SecurityIdentityAugmentor {

    private final TenantDirectory directory;

    TenantAugmentor(TenantDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return augment(identity, context, Map.of());
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
        if (identity.isAnonymous()) {
            return Uni.createFrom().item(identity);
        }
        Optional<String> refusal = refusalOfToken(identity, HttpSecurityUtils.getRoutingContextAttribute(attributes));
        if (refusal.isPresent()) {
            return Uni.createFrom().failure(new AuthenticationFailedException(refusal.get()));
        }
        String tenant = tenantOf(identity);
        if (tenant == null && !identity.hasRole(Roles.ADMIN)) {
            return Uni.createFrom().failure(Problems.forbidden("The token names no tenant."));
        }
        if (tenant != null && directory.isSuspended(tenant)) {
            return Uni.createFrom().failure(Problems.forbidden("The tenant is suspended."));
        }
        return Uni.createFrom().item(augmented(identity, tenant));
    }

    /** A token of our own is as good as the key that it was given for: it ends with it, and may be used from where that may. */
    private Optional<String> refusalOfToken(SecurityIdentity identity, @Nullable RoutingContext request) {
        if (!(identity.getPrincipal() instanceof TokenPrincipal token)
                || token.keyId().isEmpty()) {
            return Optional.empty();
        }
        Optional<KnownKey> key = directory.keyOfId(token.keyId().get());
        if (key.isEmpty()) {
            return Optional.of("The API key that the token was given for is not known, or no longer.");
        }
        var from =
                request == null ? null : ApiKeyMechanism.from(request.request().remoteAddress());
        return key.get().refusal(Instant.now(), from);
    }

    private static @Nullable String tenantOf(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof TokenPrincipal token) {
            String tenant = token.tenant();
            // Nothing but an id: TenantScope has names of its own, which reach across the wall.
            return tenant != null && Ids.isA(Ids.Kind.TENANT, tenant) ? tenant : null;
        }
        return identity.getAttribute(Caller.TENANT);
    }

    private static SecurityIdentity augmented(SecurityIdentity identity, @Nullable String tenant) {
        Set<String> roles = new HashSet<>(identity.getRoles());
        identity.getRoles().forEach(role -> roles.addAll(Roles.includedIn(role)));
        var builder = QuarkusSecurityIdentity.builder(identity)
                .addRoles(roles)
                .addAttribute(Caller.GRANTED_ROLES, Set.copyOf(identity.getRoles()));
        if (identity.getPrincipal() instanceof TokenPrincipal token) {
            token.keyId().ifPresent(key -> builder.addAttribute(Caller.KEY_ID, key));
        }
        if (tenant != null) {
            builder.addAttribute(Caller.TENANT, tenant);
        }
        return builder.build();
    }
}
