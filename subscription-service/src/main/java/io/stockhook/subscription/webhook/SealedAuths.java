package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.SecretBox;
import io.stockhook.events.auth.EndpointAuth;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Auths as they are kept: encrypted, and of use to their owner only. */
@ApplicationScoped
public class SealedAuths {

    private final SecretBox secrets;

    SealedAuths(SecretBox secrets) {
        this.secrets = secrets;
    }

    /** What a subscriber's auth is bound to. */
    public static String subscriberOwner(String subscriberId) {
        return "subscriber:" + subscriberId;
    }

    /** An auth that has passed the rules, its secrets in clear, as it is kept for an owner. */
    public StoredAuth seal(WebhookAuth auth, String owner) {
        EndpointAuth contract = contract(auth);
        // "None" is kept as well: it is what keeps a webhook from inheriting its subscriber's.
        return new StoredAuth(
                auth.masked(),
                contract == null ? "" : contract.sealed(secrets, owner).encrypted());
    }

    /** An auth with its secrets in clear; null if there is none, or none that can be decrypted any more. */
    public @Nullable WebhookAuth open(@Nullable StoredAuth stored, String owner) {
        if (stored == null || stored.isNone()) {
            return null;
        }
        try {
            return clear(EndpointAuth.open(registered(stored), secrets, owner));
        } catch (SecretBox.SecretUnreadableException e) {
            // Whoever sends a mask is told that nothing is stored; whoever sends the secret anew is helped.
            return null;
        }
    }

    /** The auth of another owner, bound to this one. One that cannot be decrypted stays so: nothing is sent without it. */
    StoredAuth resealed(StoredAuth stored, String formerOwner, String owner) {
        WebhookAuth auth = open(stored, formerOwner);
        return auth == null ? stored : seal(auth, owner);
    }

    /** As it is published; null for none. */
    static EndpointRegistration.@Nullable Auth published(@Nullable StoredAuth stored) {
        return stored == null || stored.isNone() ? null : registered(stored);
    }

    private static EndpointRegistration.Auth registered(StoredAuth stored) {
        return new EndpointRegistration.Auth(stored.shown().type().wireName(), stored.encrypted());
    }

    /** Of an auth that has passed the rules, so that what its type needs is there. */
    private static @Nullable EndpointAuth contract(WebhookAuth auth) {
        return switch (auth.type()) {
            case NONE -> null;
            case BASIC -> new EndpointAuth.Basic(needed(auth.username()), needed(auth.password()));
            case BEARER -> new EndpointAuth.Bearer(needed(auth.token()));
            case API_KEY -> new EndpointAuth.ApiKey(needed(auth.header()), needed(auth.value()));
            case OAUTH2 ->
                new EndpointAuth.OAuth2(
                        needed(auth.tokenUrl()), needed(auth.clientId()), needed(auth.clientSecret()), auth.scope());
            case MUTUAL_TLS -> new EndpointAuth.MutualTls(needed(auth.certificate()), needed(auth.privateKey()));
        };
    }

    private static WebhookAuth clear(EndpointAuth auth) {
        if (auth instanceof EndpointAuth.Basic basic) {
            return new WebhookAuth(
                    AuthType.BASIC,
                    basic.username(),
                    basic.password(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        if (auth instanceof EndpointAuth.Bearer bearer) {
            return new WebhookAuth(
                    AuthType.BEARER, null, null, bearer.token(), null, null, null, null, null, null, null, null);
        }
        if (auth instanceof EndpointAuth.ApiKey key) {
            return new WebhookAuth(
                    AuthType.API_KEY, null, null, null, key.header(), key.value(), null, null, null, null, null, null);
        }
        if (auth instanceof EndpointAuth.OAuth2 oauth) {
            return new WebhookAuth(
                    AuthType.OAUTH2,
                    null,
                    null,
                    null,
                    null,
                    null,
                    oauth.tokenUrl(),
                    oauth.clientId(),
                    oauth.clientSecret(),
                    oauth.scope(),
                    null,
                    null);
        }
        EndpointAuth.MutualTls tls = (EndpointAuth.MutualTls) auth;
        return new WebhookAuth(
                AuthType.MUTUAL_TLS,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                tls.certificate(),
                tls.privateKey());
    }

    private static String needed(@Nullable String value) {
        return Objects.requireNonNull(value, "the rules have let an auth pass that lacks something");
    }
}
