package io.stockhook.delivery.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a task may go. */
@ConfigMapping(prefix = "stockhook.admission")
public interface AdmissionConfig {

    /** For how long a task may be expected to queue in memory for an endpoint that has all its attempts under way. */
    @WithDefault("1s")
    Duration maxQueueWait();

    /** How many tasks of one endpoint may queue in memory. */
    @WithDefault("1000")
    int maxQueue();
}
