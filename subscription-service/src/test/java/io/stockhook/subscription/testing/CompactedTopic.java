package io.stockhook.subscription.testing;

import io.stockhook.events.Json;
import io.stockhook.platform.testing.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A compacted topic as another service reads it. */
public final class CompactedTopic {

    private static final Duration POLL = Duration.ofMillis(100);

    private CompactedTopic() {}

    /** All records that are on the topic now, in order. */
    public static List<ConsumerRecord<String, byte[]>> records(String topic) {
        Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestPlatform.bootstrapServers());
        var partition = new TopicPartition(topic, 0);
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    /** The records of one key, in order. */
    public static List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
        return records(topic).stream().filter(found -> found.key().equals(key)).toList();
    }

    /** What the topic says last of a key. Fails if it says nothing, or that it is deleted. */
    public static <T> T latest(String topic, String key, Class<T> type) {
        var records = records(topic, key);
        if (records.isEmpty()) {
            throw new AssertionError("nothing on %s of %s".formatted(topic, key));
        }
        byte[] value = records.get(records.size() - 1).value();
        if (value == null) {
            throw new AssertionError("%s is deleted on %s".formatted(key, topic));
        }
        try {
            return Json.read(value, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the last record of a key is a tombstone. */
    public static boolean isDeleted(String topic, String key) {
        var records = records(topic, key);
        return !records.isEmpty() && records.get(records.size() - 1).value() == null;
    }
}
