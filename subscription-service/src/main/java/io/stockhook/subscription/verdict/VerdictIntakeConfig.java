package io.stockhook.subscription.verdict;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How verdicts on endpoints are taken. */
@ConfigMapping(prefix = "stockhook.verdict-intake")
public interface VerdictIntakeConfig {

    /** How long to wait after the database has refused a verdict before it is tried again. */
    @WithDefault("1s")
    Duration retryInterval();

    /** How often a verdict is tried that fails although the database can be reached, before it is set aside as a dead letter. */
    @WithDefault("10")
    int maxTries();
}
