package io.stockhook.delivery.verdict;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When an endpoint that does not work is disabled. */
@ConfigMapping(prefix = "stockhook.verdict")
public interface VerdictConfig {

    /** After how many failed attempts in a row an endpoint is disabled; 0 for never. One that answers 410 is disabled all the same. */
    @WithDefault("100")
    int failures();

    /** For how long they must have gone on at least, so that a burst of failures is none. */
    @WithDefault("15m")
    Duration span();
}
