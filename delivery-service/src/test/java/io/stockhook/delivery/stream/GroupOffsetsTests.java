package io.stockhook.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.TopicProvisioner;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.TestPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupOffsetsTests {

    private final Map<String, Object> settings = Map.of("bootstrap.servers", TestPlatform.bootstrapServers());
    private final String topic = "lag." + UUID.randomUUID();
    private final Admin admin = Admin.create(settings);
    private final GroupOffsets offsets = new GroupOffsets(admin);

    @BeforeEach
    void fill() {
        TopicProvisioner.ensure(settings, List.of(new Topics.Definition(topic, 2, Map.of())));
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 3; i++) {
                producer.send(new ProducerRecord<>(topic, 0, null, new byte[1]));
                producer.send(new ProducerRecord<>(topic, 1, null, new byte[1]));
            }
        }
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void partitionThatWasNeverCommittedCountsWhole() throws Exception {
        // Given
        admin.alterConsumerGroupOffsets(topic, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(2)))
                .all()
                .get();

        // When
        offsets.measure(topic, List.of(topic));

        // Then
        assertThat(offsets.lag(topic)).isEqualTo(1 + 3);
    }

    @Test
    void groupThatWasNeverSeenHasEverythingBeforeIt() throws Exception {
        // When
        offsets.measure(topic, List.of(topic));

        // Then
        assertThat(offsets.lag(topic)).isEqualTo(6);
    }
}
