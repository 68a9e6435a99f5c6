package io.stockhook.web.auth;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stockhook.events.Topics;
import io.stockhook.events.log.CompactedTopicReader;
import io.stockhook.web.kafka.KafkaClientSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Keeps the {@link TenantDirectory} in step with the tenants topic, from start to shutdown. */
@Singleton
class TenantFeed {

    private final CompactedTopicReader reader;

    TenantFeed(KafkaClientSettings kafka, TenantDirectory directory) {
        this.reader = new CompactedTopicReader(Topics.TENANTS, kafka.asMap(), directory);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) {
        reader.close();
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
