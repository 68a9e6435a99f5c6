package io.stockhook.delivery.trial;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of test sends. */
@ConfigMapping(prefix = "stockhook.test-send")
public interface TestSendConfig {

    /** How many test sends may be under way at this instance. */
    @WithDefault("32")
    int maxInFlight();

    /** How many of them may be one tenant's. */
    @WithDefault("8")
    int maxInFlightPerTenant();

    /** For how long a test send waits until this instance knows the state of the webhook that is to be tried. */
    @WithDefault("2s")
    Duration knownWithin();
}
