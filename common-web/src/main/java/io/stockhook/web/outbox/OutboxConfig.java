package io.stockhook.web.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this service's outbox is published. */
@ConfigMapping(prefix = "stockhook.outbox")
public interface OutboxConfig {

    /** Whether this process publishes. A process that does not leaves its rows to another one on the same database. */
    @WithDefault("true")
    boolean enabled();

    /** How many records are published at once, in one Kafka transaction. */
    @WithDefault("500")
    int batchSize();

    /** How often the table is looked at without a wake-up; bounds the delay of what another instance has written. */
    @WithDefault("100ms")
    Duration pollInterval();

    /** How long to wait after the database or the broker refused. */
    @WithDefault("1s")
    Duration retryInterval();
}
