package io.stockhook.subscription.validation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a validation may cost. */
@ConfigMapping(prefix = "stockhook.validation")
public interface ValidationConfig {

    /** How long the look-up of a url's name may take before the answer does without it. */
    @WithDefault("3s")
    Duration lookupTimeout();

    /** How many names are looked up at once; past that a url is answered for without its addresses. */
    @WithDefault("8")
    int maxLookups();
}
