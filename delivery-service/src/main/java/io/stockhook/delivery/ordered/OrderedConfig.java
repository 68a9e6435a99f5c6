package io.stockhook.delivery.ordered;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Ordered endpoints. */
@ConfigMapping(prefix = "stockhook.ordered")
public interface OrderedConfig {

    /** How many of the attempts of {@code stockhook.dispatch.max-in-flight} are set aside for ordered endpoints; a quarter of them at most. */
    @WithDefault("500")
    int maxInFlight();

    /** How many deliveries of an endpoint wait in memory before they go to the backlog. */
    @WithDefault("1000")
    int queueLength();

    /** For how long a delivery waits in memory before all that wait for the endpoint go to the backlog. */
    @WithDefault("5s")
    Duration queueAge();

    /** How many deliveries are written to the backlog in one transaction at most. */
    @WithDefault("500")
    int writeBatch();

    /** How many deliveries of an endpoint are read from the backlog at once. */
    @WithDefault("100")
    int readBatch();

    /** How much those may weigh, unless it is one. */
    @WithDefault("1M")
    MemorySize readBatchSize();

    /** How much the deliveries may weigh that are read from the backlog and not done, in one event loop. */
    @WithDefault("32M")
    MemorySize maxReadSize();

    /** How many ordering keys of an endpoint may wait for a retry before no other key of it is looked for in the backlog. */
    @WithDefault("1000")
    int maxBlockedKeys();

    /** How many threads read and write the backlog. */
    @WithDefault("2")
    int databaseThreads();

    /** For how long to wait before PostgreSQL is asked again; doubles up to {@code max-retry-interval}. */
    @WithDefault("500ms")
    Duration retryInterval();

    /** The longest such wait. */
    @WithDefault("10s")
    Duration maxRetryInterval();

    /** How often the backlog is measured. */
    @WithDefault("15s")
    Duration measureInterval();
}
