package io.stockhook.web.auth;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.stockhook.events.ApiKeys;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code Authorization: Bearer shk_...} (RFC 6750). Any other bearer token is left to the JWT mechanism, which is asked
 * after this one.
 */
@ApplicationScoped
public class ApiKeyMechanism implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer";
    private static final String SCHEME_AND_SPACE = SCHEME + ' ';

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        Optional<String> presented = bearer(context).filter(token -> token.startsWith(ApiKeys.PREFIX));
        if (presented.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        context.put(HttpAuthenticationMechanism.class.getName(), this);
        String key = presented.get();
        if (!ApiKeys.isWellFormed(key)) {
            return Uni.createFrom()
                    .failure(new AuthenticationFailedException("The API key is mistyped: its checksum does not fit."));
        }
        var request =
                new ApiKeyRequest(ApiKeys.hash(key), from(context.request().remoteAddress()));
        return identities.authenticate(HttpSecurityUtils.setRoutingContextAttribute(request, context));
    }

    private static Optional<String> bearer(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaderNames.AUTHORIZATION);
        boolean isBearer =
                header != null && header.regionMatches(true, 0, SCHEME_AND_SPACE, 0, SCHEME_AND_SPACE.length());
        return isBearer
                ? Optional.of(header.substring(SCHEME_AND_SPACE.length()).strip())
                : Optional.empty();
    }

    static @Nullable InetAddress from(@Nullable SocketAddress address) {
        String literal = address == null ? null : address.hostAddress();
        try {
            return literal == null ? null : InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address literal needs no look-up", e);
        }
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, HttpHeaderNames.WWW_AUTHENTICATE, SCHEME));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(ApiKeyRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom()
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, SCHEME, "api-key"));
    }
}
