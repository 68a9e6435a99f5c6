package io.stockhook.delivery.testing;

import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypeRecord;
import io.stockhook.events.Json;
import io.stockhook.events.TopicProvisioner;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.platform.testing.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the rest of the engine would write to the topics, written by a plain producer. */
public final class Topic implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;

    public Topic() {
        Map<String, Object> settings = Map.of("bootstrap.servers", TestPlatform.bootstrapServers());
        TopicProvisioner.ensure(
                settings,
                List.of(
                        Topics.log(Topics.ATTEMPTS),
                        Topics.log(Topics.DEAD_LETTERS),
                        Topics.compacted(Topics.EVENT_TYPES),
                        Topics.events(Topics.INVENTORY_EVENTS),
                        Topics.events(Topics.RECEIVED_EVENTS),
                        Topics.events(Topics.SYSTEM_EVENTS)));
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestPlatform.bootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Records of attempts, in this order where they are of one delivery. */
    public void attempts(DeliveryAttempt... attempts) {
        for (DeliveryAttempt attempt : attempts) {
            attemptBytes(attempt.deliveryId(), attempt.toBytes());
        }
        producer.flush();
    }

    /** Whatever bytes, where a delivery's attempts are recorded. */
    public void attemptBytes(String deliveryId, byte[] value) {
        producer.send(new ProducerRecord<>(Topics.ATTEMPTS, deliveryId.getBytes(StandardCharsets.UTF_8), value));
        producer.flush();
    }

    /** An event type of the platform with these aliases. */
    public void eventType(String name, String... aliases) {
        eventType(new EventTypeRecord(
                null,
                name,
                List.of(aliases),
                false,
                List.of(new EventTypeRecord.Version(1, null, null, Instant.EPOCH))));
    }

    public void eventType(EventTypeRecord type) {
        String key = EventTypeRecord.key(type.tenantId(), type.name());
        producer.send(new ProducerRecord<>(Topics.EVENT_TYPES, key.getBytes(StandardCharsets.UTF_8), Json.write(type)));
        producer.flush();
    }

    public void event(String topic, EventEnvelope event) {
        producer.send(new ProducerRecord<>(
                topic, null, event.recordKey().getBytes(StandardCharsets.UTF_8), event.data(), event.headers()));
        producer.flush();
    }

    public void deadLetter(DeliveryTask task, DeadLetter letter) {
        producer.send(DeadLetter.of(task, letter));
        producer.flush();
    }

    public void raw(ProducerRecord<byte[], byte[]> target) {
        producer.send(target);
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
