package io.stockhook.delivery.replay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How deliveries are begun anew and taken back. */
@ConfigMapping(prefix = "stockhook.replay")
public interface ReplayConfig {

    /** How many deliveries a job begins anew in a second. */
    @WithDefault("200")
    int rate();

    /** How many deliveries a job takes at once; what a crash may repeat. */
    @WithDefault("100")
    int batchSize();

    /** How often an instance looks for a job that has something to do. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** How long the broker may take to acknowledge new tasks before the request or batch is given up, to be repeated. */
    @WithDefault("5s")
    Duration acknowledgedWithin();

    /** How many jobs a tenant may have that are not finished. */
    @WithDefault("10")
    int maxRunningJobs();

    /** For how long finished jobs are shown. */
    @WithDefault("30d")
    Duration jobRetention();

    /**
     * The longest delay between two attempts that any retry policy has. What was cancelled or superseded is remembered for that long and a
     * day; a policy with longer delays could bring a cancelled task back.
     */
    @WithDefault("7d")
    Duration longestDelay();

    /** How often what need not be remembered any more of cancelled and superseded runs is ended. */
    @WithDefault("10m")
    Duration controlPurgeInterval();
}
