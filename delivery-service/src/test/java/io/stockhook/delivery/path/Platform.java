package io.stockhook.delivery.path;

import static org.awaitility.Awaitility.await;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.SecretBox;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryTask;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Stands in for the other services at their topics: registers webhooks, emits events, reads what was set aside. */
final class Platform implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final String bootstrapServers;
    private final SecretBox secrets;
    private final KafkaProducer<byte[], byte[]> producer;
    private final IntSupplier registrySize;
    private final String tenant = Ids.next(Ids.Kind.TENANT);

    /** @param registrySize how many webhooks the engine knows */
    Platform(String bootstrapServers, String masterKeys, IntSupplier registrySize) {
        this.registrySize = registrySize;
        this.bootstrapServers = bootstrapServers;
        this.secrets = SecretBox.fromConfig(masterKeys);
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("acks", "all");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    String tenant() {
        return tenant;
    }

    /** Registers an active webhook on the url for the patterns and returns it once the engine counts it. */
    EndpointRegistration register(String url, String... patterns) {
        return register(url, UnaryOperator.identity(), patterns);
    }

    EndpointRegistration register(String url, UnaryOperator<EndpointRegistration> change, String... patterns) {
        String id = Ids.next(Ids.Kind.WEBHOOK);
        String secret = secrets.encrypt(SECRET, EndpointRegistration.secretOwner(id));
        EndpointRegistration plain = EndpointRegistration.builder(id, tenant, url, List.of(patterns))
                .name("test")
                .secrets(List.of(new EndpointRegistration.EncryptedSecret(secret, null)))
                .timeoutMs(2_000)
                .maxInFlight(4)
                .build();
        EndpointRegistration registration = change.apply(plain);
        int before = registrySize.getAsInt();
        publish(registration);
        // An event is promised to a webhook that is a second older, and no test is to wait for that second.
        await().atMost(Duration.ofSeconds(10)).until(() -> registrySize.getAsInt() > before);
        return registration;
    }

    /** Signing with this private key, and no other scheme. */
    EndpointRegistration.Signing signedBy(EndpointRegistration registration, String privateKey) {
        String encrypted = secrets.encrypt(privateKey, EndpointRegistration.secretOwner(registration.endpointId()));
        return new EndpointRegistration.Signing(
                List.of("v1a"), List.of(new EndpointRegistration.EncryptedSecret(encrypted, null)));
    }

    void publish(EndpointRegistration registration) {
        send(new ProducerRecord<>(Topics.ENDPOINTS, utf8(registration.endpointId()), Json.write(registration)));
    }

    void delete(EndpointRegistration registration) {
        send(new ProducerRecord<>(Topics.ENDPOINTS, utf8(registration.endpointId()), null));
    }

    EventEnvelope event(String type, String data) {
        return event(type, data, null);
    }

    private EventEnvelope event(String type, String data, @Nullable Instant deliverAt) {
        return new EventEnvelope(
                Ids.next(Ids.Kind.EVENT),
                type,
                "/inventory",
                "prd_1",
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                tenant,
                null,
                deliverAt,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                utf8(data));
    }

    /** Emits an event of the type and returns it. */
    EventEnvelope emit(String topic, String type, String data) {
        return emit(topic, type, data, null);
    }

    /** Emits an event of the type that is not to be delivered before then, and returns it. */
    EventEnvelope emit(String topic, String type, String data, @Nullable Instant deliverAt) {
        EventEnvelope event = event(type, data, deliverAt);
        send(new ProducerRecord<>(topic, null, utf8(event.recordKey()), event.data(), event.headers()));
        return event;
    }

    void send(ProducerRecord<byte[], byte[]> target) {
        try {
            producer.send(target).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Everything on the topic. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    /** The tasks on a topic that are an event's, whatever else other tests have put there. */
    List<ConsumerRecord<byte[], byte[]>> tasksOf(EventEnvelope event, String topic) {
        return tasks(topic, task -> task.eventId().equals(event.id()));
    }

    /** The same for an endpoint. */
    List<ConsumerRecord<byte[], byte[]>> tasksOf(EndpointRegistration endpoint, String topic) {
        return tasks(topic, task -> task.endpointId().equals(endpoint.endpointId()));
    }

    private List<ConsumerRecord<byte[], byte[]>> tasks(String topic, Predicate<DeliveryTask> wanted) {
        return read(topic).stream()
                .filter(entry -> {
                    try {
                        return wanted.test(DeliveryTask.read(entry.headers(), entry.value()));
                    } catch (MalformedRecordException e) {
                        return false;
                    }
                })
                .toList();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
