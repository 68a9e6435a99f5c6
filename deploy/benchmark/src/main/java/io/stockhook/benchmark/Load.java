package io.stockhook.benchmark;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.SecretBox;
import io.stockhook.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts webhooks and events on the topics, as the other services would. */
final class Load implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final int BODY_BYTES = 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final SecretBox secrets = SecretBox.fromConfig(DeliveryStack.MASTER_KEYS);
    private final String tenant = Ids.next(Ids.Kind.TENANT);
    private final byte[] data = data();

    Load(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 5, "batch.size", 256 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** An event's data of {@value #BODY_BYTES} bytes. */
    static byte[] data() {
        String head = "{\"product_id\":\"prd_0192f0c1d2e37abc8def0123456789ab\",\"filler\":\"";
        String tail = "\"}";
        String filler = "x".repeat(BODY_BYTES - head.length() - tail.length());
        return (head + filler + tail).getBytes(StandardCharsets.UTF_8);
    }

    /** Registers a webhook for a type. */
    void webhook(String url, String type) {
        webhook(tenant, url, List.of(type));
        flush();
    }

    /** A new tenant. */
    static String tenant() {
        return Ids.next(Ids.Kind.TENANT);
    }

    /** Registers a tenant's webhook; to be flushed. */
    void webhook(String tenant, String url, List<String> types) {
        String id = Ids.next(Ids.Kind.WEBHOOK);
        String secret = secrets.encrypt(SECRET, EndpointRegistration.secretOwner(id));
        EndpointRegistration registration = EndpointRegistration.builder(id, tenant, url, types)
                .name("benchmark")
                .secrets(List.of(new EndpointRegistration.EncryptedSecret(secret, null)))
                .build();
        producer.send(
                new ProducerRecord<>(Topics.ENDPOINTS, id.getBytes(StandardCharsets.UTF_8), Json.write(registration)));
    }

    /** Emits a tenant's event; to be flushed. */
    void event(String tenant, String type) {
        send(tenant, type, "prd_1", Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    /** Returns when everything is on its topic. */
    void flush() {
        producer.flush();
    }

    /** Emits events, their types in turn. */
    void events(int count, List<String> types) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        for (int i = 0; i < count; i++) {
            send(tenant, types.get(i % types.size()), "prd_" + i % 1_000, now);
        }
        producer.flush();
    }

    private void send(String of, String type, String subject, Instant now) {
        EventEnvelope event = new EventEnvelope(
                Ids.next(Ids.Kind.EVENT), type, "/benchmark", subject, now, of, null, null, null, data);
        producer.send(new ProducerRecord<>(
                Topics.INVENTORY_EVENTS,
                null,
                event.recordKey().getBytes(StandardCharsets.UTF_8),
                event.data(),
                event.headers()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
