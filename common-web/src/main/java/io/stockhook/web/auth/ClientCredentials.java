package io.stockhook.web.auth;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.stockhook.events.ApiKeys;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks an API key that comes as a client's secret (RFC 6749 2.3.1), by the rules that hold for one that comes as a bearer token. */
@Singleton
public class ClientCredentials {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final AuthenticationRequestContext NEVER_BLOCKS = new AuthenticationRequestContext() {
        @Override
        public Uni<SecurityIdentity> runBlocking(Supplier<SecurityIdentity> work) {
            throw new UnsupportedOperationException("an API key is checked without blocking");
        }
    };

    private final ApiKeyIdentityProvider provider;
    private final TenantDirectory directory;

    ClientCredentials(ApiKeyIdentityProvider provider, TenantDirectory directory) {
        this.provider = provider;
        this.directory = directory;
    }

    /**
     * A client that has proved who it is.
     *
     * @param tenantId whose it is; empty for the platform's admin
     * @param expiresAt when its key stops working; null if never
     */
    public record Client(
            String keyId,
            Optional<String> tenantId,
            String role,
            @Nullable Instant expiresAt) {}

    /**
     * The client whose id and key these are. May wait for a key that was made a moment ago; blocks.
     *
     * @param from the client's address; null if unknown
     * @throws AuthenticationFailedException if they are nobody's, or not usable now and from there
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 if keys cannot be checked at the moment
     */
    public Client check(String clientId, String key, @Nullable InetAddress from) {
        if (!ApiKeys.isWellFormed(key)) {
            throw new AuthenticationFailedException(
                    "The client's secret is no API key: its form or its checksum does not fit.");
        }
        String hash = ApiKeys.hash(key);
        provider.authenticate(new ApiKeyRequest(hash, from), NEVER_BLOCKS)
                .await()
                .atMost(PATIENCE);
        KnownKey known = directory
                .key(hash)
                .filter(found -> found.keyId().equals(clientId))
                .orElseThrow(() ->
                        new AuthenticationFailedException("The client's id and its secret do not belong together."));
        if (directory.isSuspended(known.tenantId())) {
            throw new AuthenticationFailedException("The client's tenant is suspended.");
        }
        Optional<String> tenant = known.role().equals(Roles.ADMIN) ? Optional.empty() : Optional.of(known.tenantId());
        return new Client(known.keyId(), tenant, known.role(), known.expiresAt());
    }
}
