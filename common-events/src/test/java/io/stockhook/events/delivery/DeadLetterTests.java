package io.stockhook.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;

class DeadLetterTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void recordThatIsSetAsideKeepsItsKeyHeadersAndBytes() {
        // Given
        ConsumerRecord<byte[], byte[]> malformed = malformed("key", new byte[1000]);
        malformed.headers().add(new RecordHeader("theirs", new byte[] {1}));

        // When
        ProducerRecord<byte[], byte[]> aside = DeadLetter.of(malformed, "no task", NOW);

        // Then
        assertThat(aside.key()).isEqualTo(malformed.key());
        assertThat(aside.value()).isEqualTo(malformed.value());
        assertThat(aside.headers().lastHeader("theirs").value()).containsExactly(1);
        assertThat(DeadLetter.read(aside.headers()))
                .isEqualTo(new DeadLetter(DeadLetter.MALFORMED_RECORD, "no task", NOW, "topic/3/7"));
    }

    @Test
    void recordThatIsTooLongToBeSetAsideLosesItsValue() {
        // Given
        ConsumerRecord<byte[], byte[]> malformed = malformed("key", new byte[Topics.MAX_RECORD_BYTES]);

        // When
        ProducerRecord<byte[], byte[]> aside = DeadLetter.of(malformed, "no task", NOW);

        // Then
        assertThat(aside.key()).isEqualTo(malformed.key());
        assertThat(aside.value()).isNull();
        assertThat(DeadLetter.read(aside.headers()).detail())
                .startsWith("no task")
                .contains("1048576 bytes");
        assertFits(aside);
    }

    @Test
    void recordWithEndlessHeadersLosesThose() {
        // Given
        ConsumerRecord<byte[], byte[]> malformed = malformed("key", new byte[1]);
        malformed.headers().add(new RecordHeader("h".repeat(Topics.MAX_RECORD_BYTES), new byte[] {1}));

        // When
        ProducerRecord<byte[], byte[]> aside = DeadLetter.of(malformed, "no task", NOW);

        // Then
        assertThat(aside.headers()).hasSize(1);
        assertFits(aside);
    }

    private static ConsumerRecord<byte[], byte[]> malformed(String key, byte[] value) {
        return new ConsumerRecord<>("topic", 3, 7, key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static void assertFits(ProducerRecord<byte[], byte[]> target) {
        int size = AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                target.key(),
                target.value(),
                target.headers().toArray());
        assertThat(size).isLessThan(Topics.MAX_RECORD_BYTES);
    }
}
