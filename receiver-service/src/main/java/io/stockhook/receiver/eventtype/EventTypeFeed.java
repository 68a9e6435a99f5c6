package io.stockhook.receiver.eventtype;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stockhook.events.EventTypeNames;
import io.stockhook.events.EventTypeRecord;
import io.stockhook.events.EventTypeTable;
import io.stockhook.events.Topics;
import io.stockhook.events.log.CompactedTopicReader;
import io.stockhook.web.kafka.KafkaClientSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Keeps the names of event types in step with their topic, from start to shutdown. */
@Singleton
public class EventTypeFeed {

    private final EventTypeTable<String> types = new EventTypeTable<>(EventTypeRecord::name);
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

    /** The spellings of all types as they are known now. */
    public EventTypeNames names() {
        return types.names();
    }

    /** Whether the topic has been read to its end once, and is still read. */
    boolean isReady() {
        return reader.isReady() && reader.isRunning();
    }
}
