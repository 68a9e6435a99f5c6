package io.stockhook.subscription.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and defaults of webhooks. */
@ConfigMapping(prefix = "stockhook.webhooks")
public interface WebhookConfig {

    /** How many webhooks a tenant may have; delivery-service holds all of them in memory. */
    @WithDefault("20000")
    int maxPerTenant();

    /** For how long deliveries are signed with the old secret as well, unless a rotation says otherwise. */
    @WithDefault("24h")
    Duration rotationOverlap();

    /**
     * Up to how many webhooks are published anew in the transaction of a change of what they inherit; more of them follow a batch a
     * second.
     */
    @WithDefault("200")
    int republishAtOnce();

    /** How many webhooks such a batch has. */
    @WithDefault("500")
    int republishBatch();

    /** How old a signing secret gets before it counts as due for rotation; nothing follows from it by itself. */
    @WithDefault("90d")
    Duration secretMaxAge();
}
