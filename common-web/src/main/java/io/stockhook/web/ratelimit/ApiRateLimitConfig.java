package io.stockhook.web.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many requests the API takes. */
@ConfigMapping(prefix = "stockhook.api-rate-limit")
public interface ApiRateLimitConfig {

    /** How many requests an API key, or a tenant's tokens together, may send to an instance in a window; 0 for as many as come. */
    @WithDefault("60000")
    int limit();

    /** The window; what was used of a limit comes back evenly over it. */
    @WithDefault("1m")
    Duration window();
}
