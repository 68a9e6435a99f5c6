package io.stockhook.events.outbox;

import io.stockhook.events.EventEnvelope;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that a transaction wants published.
 *
 * @param topic where to
 * @param key the record key; records of one key are published in the order of their transactions' row locks
 * @param headers record headers
 * @param value the record's value; null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to JDBC or Kafka
public record OutboxRecord(String topic, String key, List<Header> headers, byte @Nullable [] value) {

    /** An event for an event topic. */
    public static OutboxRecord event(String topic, EventEnvelope event) {
        return new OutboxRecord(topic, event.recordKey(), event.headers(), event.data());
    }

    /** A state for a compacted topic. */
    public static OutboxRecord state(String topic, String key, byte[] value) {
        return new OutboxRecord(topic, key, List.of(), value);
    }

    /** The deletion of a state from a compacted topic. */
    public static OutboxRecord tombstone(String topic, String key) {
        return new OutboxRecord(topic, key, List.of(), null);
    }
}
