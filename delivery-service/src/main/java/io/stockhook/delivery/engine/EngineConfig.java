package io.stockhook.delivery.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What holds the parts of the engine together. */
@ConfigMapping(prefix = "stockhook.engine")
public interface EngineConfig {

    /** Whether this instance delivers. Off, it only answers queries. */
    @WithDefault("true")
    boolean enabled();

    /** How often the lag of the consumer groups is measured. */
    @WithDefault("5s")
    Duration lagInterval();

    /** For how long a loop may be silent before the instance counts as hung. */
    @WithDefault("30s")
    Duration maxSilence();
}
