package io.stockhook.subscription.subscriber;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of subscribers. */
@ConfigMapping(prefix = "stockhook.subscribers")
public interface SubscriberConfig {

    /** How many subscribers a tenant may have. */
    @WithDefault("1000")
    int maxPerTenant();

    /** How long delivery-service may take for all the figures of a subscriber's usage; what is late is said to be missing. */
    @WithDefault("5s")
    Duration usageWithin();
}
