package io.stockhook.subscription.apikey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits on API keys. */
@ConfigMapping(prefix = "stockhook.api-keys")
public interface ApiKeyConfig {

    /** How many keys a tenant may have; every service holds all of them in memory. */
    @WithDefault("1000")
    int maxPerTenant();
}
