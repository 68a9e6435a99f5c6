package io.stockhook.subscription.eventtype.activity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How it is kept when events of each type were there last. */
@ConfigMapping(prefix = "stockhook.event-activity")
public interface ActivityConfig {

    /** How often it is written: at most one row for each type of a tenant in that time. */
    @WithDefault("5s")
    Duration interval();

    /** How many types of tenants are held between two times; what is beyond is passed over until the next. */
    @WithDefault("20000")
    int maxPending();
}
