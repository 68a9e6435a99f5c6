package io.stockhook.subscription.eventtype;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of the tenants' own event types. */
@ConfigMapping(prefix = "stockhook.event-types")
public interface EventTypeConfig {

    /** How many event types of its own a tenant may have; every service holds all of them in memory. */
    @WithDefault("500")
    int maxPerTenant();

    /** How many versions of its payload an event type may have. */
    @WithDefault("20")
    int maxVersions();
}
