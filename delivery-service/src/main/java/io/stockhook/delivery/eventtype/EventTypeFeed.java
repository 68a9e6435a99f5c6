package io.stockhook.delivery.eventtype;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stockhook.events.EventTypeNames;
import io.stockhook.events.EventTypeTable;
import io.stockhook.events.Topics;
import io.stockhook.events.log.CompactedTopicReader;
import io.stockhook.web.kafka.KafkaClientSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** Keeps the event types in step with their topic, from start to shutdown. */
@Singleton
public class EventTypeFeed {

    private final EventTypeTable<PayloadVersions> types = new EventTypeTable<>(PayloadVersions::of);
    private final CompactedTopicReader reader;

    EventTypeFeed(KafkaClientSettings kafka) {
        this.reader = new CompactedTopicReader(Topics.EVENT_TYPES, kafka.asMap(), types);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) {
        reader.close();
    }

    /** The types as they are known now; changes as they do. */
    public EventTypeTable<PayloadVersions> types() {
        return types;
    }

    /** The spellings of all types as they are known now. */
    public EventTypeNames names() {
        return types.names();
    }

    /** Whether the topic has been read to its end once. */
    public boolean isReady() {
        return reader.isReady();
    }

    /** Waits until it has, and tells whether it has. */
    public boolean awaitReady(Duration atMost) throws InterruptedException {
        return reader.awaitReady(atMost);
    }

    /** When the types were last known to be all that the topic held; {@link Instant#EPOCH} before the first time. */
    public Instant lastAtEnd() {
        return reader.lastAtEnd();
    }

    /** Whether the topic is read, or would be if the broker answered. */
    public boolean isRunning() {
        return reader.isRunning();
    }
}
