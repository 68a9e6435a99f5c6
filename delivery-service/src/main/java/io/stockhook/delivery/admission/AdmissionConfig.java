package io.stockhook.delivery.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a task may go. */
@ConfigMapping(prefix = "stockhook.admission")
public interface AdmissionConfig {

    /**
     * For how long a task may be expected to queue in memory for an endpoint that has all its attempts under way; past it the task goes to
     * the wheel. One that has come back from there may queue four times as long.
     */
    @WithDefault("1s")
    Duration maxQueueWait();

    /** From which duration on an attempt is slow. All slow attempts together hold at most half of the instance's slots. */
    @WithDefault("1s")
    Duration slowAttempt();
}
