package io.stockhook.subscription.masterkey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The pace at which secrets are passed to another master key. */
@ConfigMapping(prefix = "stockhook.master-key")
public interface MasterKeyConfig {

    /** How many rows are passed at once, in one transaction. */
    @WithDefault("100")
    int batchSize();

    /** How often a batch is passed. */
    @WithDefault("1s")
    String interval();
}
