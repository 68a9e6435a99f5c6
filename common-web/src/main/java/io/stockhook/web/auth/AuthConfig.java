package io.stockhook.web.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How API keys and tokens are checked. */
@ConfigMapping(prefix = "stockhook.auth")
public interface AuthConfig {

    /**
     * How old this service's knowledge of keys may be. Past it every key is answered with 503: one that was revoked
     * meanwhile must not be let in.
     */
    @WithDefault("60s")
    Duration maxStaleness();

    /** How long an unknown key waits before it is looked up again: it may have been created a moment ago. */
    @WithDefault("250ms")
    Duration lookupDelay();

    /** The issuer that the platform's own tokens name, the same in every service. */
    @WithDefault("https://stockhook.local")
    String issuer();

    /** The audience that the platform's own tokens name, the same in every service. */
    @WithDefault("stockhook")
    String audience();

    /** How far the clocks of this service and of an issuer may differ. */
    @WithDefault("30s")
    Duration clockSkew();

    /** How many characters a token may have; a longer one is refused unread. */
    @WithDefault("8192")
    int maxTokenLength();

    /** How often the keys of other issuers are fetched. */
    @WithDefault("10m")
    Duration jwksRefresh();

    /** How long after a fetch an issuer's keys may be fetched again because a token names a key that is not among them. */
    @WithDefault("30s")
    Duration jwksCooldown();

    /** How long a fetch of an issuer's keys may take. */
    @WithDefault("5s")
    Duration jwksTimeout();

    /** The other issuers whose tokens are accepted, by a short name that stands before the subject in the audit trail. */
    Map<String, IssuerConfig> issuers();
}
