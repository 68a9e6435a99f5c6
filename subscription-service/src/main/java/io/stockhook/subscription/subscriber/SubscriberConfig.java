package io.stockhook.subscription.subscriber;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of subscribers. */
@ConfigMapping(prefix = "stockhook.subscribers")
public interface SubscriberConfig {

    /** How many subscribers a tenant may have. */
    @WithDefault("1000")
    int maxPerTenant();
}
