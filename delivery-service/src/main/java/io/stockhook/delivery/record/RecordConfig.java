package io.stockhook.delivery.record;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the log of deliveries is kept. */
@ConfigMapping(prefix = "stockhook.record")
public interface RecordConfig {

    /** How long attempts, deliveries, events and dead letters are kept, in whole days. A record older than that is set aside. */
    @WithDefault("30d")
    Duration retention();

    /** How long statistics by the day and the month are kept, in whole days; by the hour they are kept like attempts. */
    @WithDefault("400d")
    Duration statisticsRetention();

    /** How often what tenants keep for less than the platform is looked for and deleted. */
    @WithDefault("1h")
    Duration purgeInterval();

    /** How many rows of a table are deleted in one transaction. */
    @WithDefault("1000")
    int purgeBatch();

    /** How long to wait after such a transaction. */
    @WithDefault("200ms")
    Duration purgePause();

    /** How far ahead of now an event's time may be, in whole days. A record further ahead is set aside. */
    @WithDefault("31d")
    Duration horizon();

    /** How long to wait after PostgreSQL has refused for the first time; doubled with each further time. */
    @WithDefault("250ms")
    Duration retryInterval();

    /** The longest wait between two tries to reach PostgreSQL. */
    @WithDefault("10s")
    Duration maxRetryInterval();
}
