package io.stockhook.subscription.publication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the control plane's state reaches the other services. */
@ConfigMapping(prefix = "stockhook.publication")
public interface PublicationConfig {

    /**
     * What outranks every version: readers ignore a registration of a lower epoch than they have seen. To be raised when this
     * service's database is restored from a backup, because its versions begin again at older numbers then.
     */
    @WithDefault("1")
    int epoch();

    /** How long a change waits for the broker's acknowledgement before it is answered with 202. */
    @WithDefault("2s")
    Duration confirmWithin();
}
