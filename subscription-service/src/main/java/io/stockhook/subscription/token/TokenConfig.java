package io.stockhook.subscription.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Access tokens, and the keys that they are signed with. */
@ConfigMapping(prefix = "stockhook.tokens")
public interface TokenConfig {

    /** For how long a token is good, at most until its API key expires. */
    @WithDefault("15m")
    Duration lifetime();

    /** How old a signing key gets before the next takes its place. */
    @WithDefault("30d")
    Duration keyRotation();

    /** For how long a new signing key is published before it signs, so that whoever caches the JWKS knows it by then. */
    @WithDefault("10m")
    Duration keyNotice();

    /** For how long the JWKS may be cached, less than the notice of a new key. */
    @WithDefault("5m")
    Duration jwksCache();

    /** How many requests for a token an address may get refused within a minute before it has to wait. */
    @WithDefault("10")
    int refusalsPerMinute();

    /** How many tokens a client may get within a minute. */
    @WithDefault("60")
    int tokensPerMinute();
}
