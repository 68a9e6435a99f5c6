package io.stockhook.subscription.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What tenants may set. */
@ConfigMapping(prefix = "stockhook.tenants")
public interface TenantConfig {

    /** For how many days a tenant's deliveries may be kept at the most: delivery-service's {@code stockhook.record.retention}. */
    @WithDefault("30")
    int maxRetentionDays();
}
