package io.stockhook.delivery.stream;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this instance takes part in the consumer groups. */
@ConfigMapping(prefix = "stockhook.stream")
public interface StreamConfig {

    /**
     * The stable name of this instance among those of the service. It keeps its partitions across a restart that is shorter than
     * the session timeout. Two running instances must not share one.
     */
    @WithDefault("${HOSTNAME:delivery-1}")
    String instanceId();

    /** For how long a silent instance keeps its partitions. */
    @WithDefault("10s")
    Duration sessionTimeout();

    /** How many records one poll takes at most. */
    @WithDefault("1000")
    int maxPollRecords();

    /** How often finished offsets are committed. */
    @WithDefault("100ms")
    Duration commitInterval();

    /** How many tasks this instance holds at once, under way or queued, before it stops reading more. */
    @WithDefault("8000")
    int maxUnfinished();

    /** How much the bodies of those may weigh. */
    @WithDefault("64M")
    MemorySize maxUnfinishedSize();

    /** For how long an instance that stops, or loses partitions in good order, lets deliveries under way end. */
    @WithDefault("10s")
    Duration drainTimeout();

    /**
     * For how long the outcome of an attempt may wait for others to share a request with. It delays the log and the commit, and no
     * delivery but an immediate retry.
     */
    @WithDefault("20ms")
    Duration outcomeLinger();

    /** How long to wait before a failed step is tried again. */
    @WithDefault("500ms")
    Duration retryInterval();
}
