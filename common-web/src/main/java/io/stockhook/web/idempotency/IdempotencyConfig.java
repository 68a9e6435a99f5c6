package io.stockhook.web.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long idempotency keys are kept. */
@ConfigMapping(prefix = "stockhook.idempotency")
public interface IdempotencyConfig {

    /** How long an answer is given again for its key. */
    @WithDefault("24h")
    Duration retention();

    /**
     * How long a request may be worked on before its key is free again: after it, the process that took it is taken for
     * dead. Must be longer than any request takes.
     */
    @WithDefault("60s")
    Duration abandonedAfter();

    /** How often keys past their retention are deleted. */
    @WithDefault("1h")
    Duration purgeEvery();
}
