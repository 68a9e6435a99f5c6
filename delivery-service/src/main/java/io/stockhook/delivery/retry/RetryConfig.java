package io.stockhook.delivery.retry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** What follows a failed attempt where the endpoint has no policy of its own. */
@ConfigMapping(prefix = "stockhook.retry")
public interface RetryConfig {

    /** How long after each failed attempt the next one is made; as many retries as there are entries. */
    @WithDefault("0s,1m,15m,2h,12h")
    List<Duration> schedule();

    /** By how much a delay is spread either way, as a share of it, so that what failed together does not return together. */
    @WithDefault("0.05")
    double jitter();

    /** The longest wait that an endpoint's Retry-After is granted. */
    @WithDefault("12h")
    Duration maxRetryAfter();
}
