package io.stockhook.inventory;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** What stands on the topic of inventory events, read from its beginning. */
public final class PublishedEvents implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Event> read = new ArrayList<>();

    /** An event with the key of its record. */
    public record Event(String key, EventEnvelope envelope, JsonNode data) {

        public String type() {
            return envelope.type();
        }
    }

    public PublishedEvents() {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestPlatform.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(Topics.INVENTORY_EVENTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    /** The first so many events of a tenant, as soon as there are so many. */
    public List<Event> await(Tenant tenant, int count) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> poll(tenant), events -> events.size() >= count);
    }

    private List<Event> poll(Tenant tenant) {
        consumer.poll(POLL).forEach(message -> read.add(event(message)));
        return read.stream()
                .filter(event -> event.envelope().tenantId().equals(tenant.id()))
                .toList();
    }

    private static Event event(ConsumerRecord<String, byte[]> message) {
        try {
            return new Event(
                    Objects.requireNonNull(message.key()),
                    EventEnvelope.read(message.headers(), message.value()),
                    EXACT.readTree(message.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
