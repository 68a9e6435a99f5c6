package io.stockhook.receiver.event;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How published events are taken in. */
@ConfigMapping(prefix = "stockhook.events")
public interface EventConfig {

    /** For how long an id that was published before is recognised. */
    @WithDefault("24h")
    Duration deduplicationWindow();

    /** How long a publisher waits for Kafka's acknowledgement before it is told to come again. */
    @WithDefault("5s")
    Duration publishTimeout();

    /** What the publisher is told to wait before it comes again. */
    @WithDefault("5s")
    Duration retryAfter();

    /** How old an event without acknowledgement is before the sweeper publishes it. Longer than the publish timeout. */
    @WithDefault("6s")
    Duration sweepAfter();

    /** How many events the sweeper publishes at once. */
    @WithDefault("500")
    int sweepBatch();

    /** How much data of events the sweeper holds at once, give or take one event. */
    @WithDefault("4M")
    MemorySize sweepBatchSize();

    /** How many ids are purged in one transaction. */
    @WithDefault("10000")
    int purgeBatch();
}
