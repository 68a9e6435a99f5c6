package io.stockhook.delivery.confirmation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How deliveries are confirmed that an endpoint has taken with 202. */
@ConfigMapping(prefix = "stockhook.confirmation")
public interface ConfirmationConfig {

    /** How long after a 202 it is first looked whether it was confirmed; twice as long each time after, until its time is over. */
    @WithDefault("5s")
    Duration firstLook();
}
