package io.stockhook.web.auth;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.stockhook.web.problem.Problems;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Turns an API key into an identity, or into the reason why not. Never blocks. */
@Singleton
class ApiKeyIdentityProvider implements IdentityProvider<ApiKeyRequest> {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final TenantDirectory directory;
    private final TenantFeed feed;
    private final AuthConfig config;
    private final Vertx vertx;
    private final Clock clock = Clock.systemUTC();

    ApiKeyIdentityProvider(TenantDirectory directory, TenantFeed feed, AuthConfig config, Vertx vertx) {
        this.directory = directory;
        this.feed = feed;
        this.config = config;
        this.vertx = vertx;
    }

    @Override
    public Class<ApiKeyRequest> getRequestType() {
        return ApiKeyRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(ApiKeyRequest request, AuthenticationRequestContext context) {
        Instant now = clock.instant();
        if (feed.lastAtEnd().plus(config.maxStaleness()).isBefore(now)) {
            return Uni.createFrom()
                    .failure(Problems.unavailable(
                            "API keys cannot be checked at the moment; the key may well be valid.", RETRY_AFTER));
        }
        return find(request.hash()).map(key -> admit(key, request, now));
    }

    private Uni<Optional<KnownKey>> find(String hash) {
        Optional<KnownKey> key = directory.key(hash);
        if (key.isPresent()) {
            return Uni.createFrom().item(key);
        }
        // The timer fires on the request's own event-loop context, where the rest of the request must run.
        return Uni.createFrom()
                .emitter(later ->
                        vertx.setTimer(config.lookupDelay().toMillis(), timer -> later.complete(directory.key(hash))));
    }

    private SecurityIdentity admit(Optional<KnownKey> found, ApiKeyRequest request, Instant now) {
        KnownKey key =
                found.orElseThrow(() -> new AuthenticationFailedException("The API key is not known, or no longer."));
        key.refusal(now, request.from()).ifPresent(why -> {
            throw new AuthenticationFailedException(why);
        });
        if (!directory.isAllowed(key.tenantId(), request.from())) {
            throw new AuthenticationFailedException("The tenant's API keys may not be used from this address.");
        }
        var identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.keyId()))
                .addRole(key.role())
                .addAttribute(Caller.KEY_ID, key.keyId());
        if (!key.role().equals(Roles.ADMIN)) {
            identity.addAttribute(Caller.TENANT, key.tenantId());
        }
        return identity.build();
    }
}
