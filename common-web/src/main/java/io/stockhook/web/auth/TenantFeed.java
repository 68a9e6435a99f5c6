package io.stockhook.web.auth;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stockhook.events.Topics;
import io.stockhook.events.log.CompactedTopicReader;
import io.stockhook.web.kafka.KafkaClientSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** Keeps the {@link TenantDirectory} in step with the tenants topic, from start to shutdown. */
@Singleton
public class TenantFeed {

    private final CompactedTopicReader reader;
    private final TenantDirectory directory;

    TenantFeed(KafkaClientSettings kafka, TenantDirectory directory) {
        this.directory = directory;
        this.reader = new CompactedTopicReader(Topics.TENANTS, kafka.asMap(), directory);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) {
        reader.close();
    }

    /** Whether the platform has suspended the tenant, as far as the topic has been read; one that is not known is not suspended. */
    public boolean isSuspended(String tenantId) {
        return directory.isSuspended(tenantId);
    }

    /** Waits until the topic has been read to its end once; false if that takes longer. */
    public boolean awaitReady(Duration atMost) throws InterruptedException {
        return reader.awaitReady(atMost);
    }

    /** Whether the directory holds all that the topic held at the start, and is still fed. */
    boolean isReady() {
        return reader.isReady() && reader.isRunning();
    }

    /** When the directory last held all that the topic held; {@link Instant#EPOCH} before the first time. */
    Instant lastAtEnd() {
        return reader.lastAtEnd();
    }
}
