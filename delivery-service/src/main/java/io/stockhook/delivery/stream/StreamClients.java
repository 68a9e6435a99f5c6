package io.stockhook.delivery.stream;

import io.stockhook.events.Topics;
import io.stockhook.web.kafka.KafkaClientSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of the loops, all with the settings that the promises rest on. */
@ApplicationScoped
public class StreamClients {

    /** Topics of which a producer knows the leaders although it has long sent nothing to them, as to the longest tier. */
    private static final int TOPICS_KNOWN_MS = Integer.MAX_VALUE;

    private final Map<String, Object> common;
    private final StreamConfig config;

    StreamClients(KafkaClientSettings common, StreamConfig config) {
        this.common = common.asMap();
        this.config = config;
    }

    /** What every client needs: {@code bootstrap.servers} and whatever else is configured under {@code kafka.}. */
    public Map<String, Object> settings() {
        return common;
    }

    /**
     * A member of a consumer group: classic protocol, static membership, cooperative assignment, from the earliest offset, commits
     * by hand.
     */
    public KafkaConsumer<byte[], byte[]> consumer(String group) {
        Map<String, Object> settings = new HashMap<>(common);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + '-' + config.instanceId());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                config.sessionTimeout().toMillis());
        settings.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) config.sessionTimeout().toMillis() / 5);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxPollRecords());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A producer that loses nothing: idempotent, {@code acks=all}, and retrying for as long as it takes.
     *
     * @param maxBlockMs for how long a send may hold its caller when the buffer is full or a topic unknown, in milliseconds; zero
     *     for callers on an event loop
     * @param linger for how long a record may wait for others to share a request with
     */
    public KafkaProducer<byte[], byte[]> producer(long maxBlockMs, Duration linger) {
        Map<String, Object> settings = new HashMap<>(common);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlockMs);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, TOPICS_KNOWN_MS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
