package io.stockhook.receiver;

import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.TestPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is on {@link Topics#RECEIVED_EVENTS}, read with a client of its own. */
public final class ReceivedRecords {

    private ReceivedRecords() {}

    /** The records of an event, as many as there are at this moment, oldest first. */
    public static List<ConsumerRecord<String, byte[]>> ofEvent(String tenantId, String eventId) {
        return read().stream()
                .filter(found -> {
                    EventEnvelope event = EventEnvelope.read(found.headers(), found.value());
                    return event.id().equals(eventId) && event.tenantId().equals(tenantId);
                })
                .toList();
    }

    private static List<ConsumerRecord<String, byte[]>> read() {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestPlatform.bootstrapServers(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.RECEIVED_EVENTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
