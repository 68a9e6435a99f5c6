package io.stockhook.web.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How API keys are checked. */
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
}
