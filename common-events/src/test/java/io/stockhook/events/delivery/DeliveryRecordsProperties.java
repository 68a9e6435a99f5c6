package io.stockhook.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.events.Ids;
import io.stockhook.events.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

class DeliveryRecordsProperties {

    @Property(tries = 500)
    void aTaskIsReadAsItWasWritten(@ForAll("tasks") DeliveryTask task) {
        // When
        ProducerRecord<byte[], byte[]> written = task.toRecord("topic");

        // Then
        DeliveryTask read = DeliveryTask.read(written.headers(), written.value());
        assertThat(read).usingRecursiveComparison().isEqualTo(task);
        assertThat(DeliveryTask.due(written.headers())).isEqualTo(task.due());
    }

    @Property(tries = 500)
    void anAttemptIsReadAsItWasWritten(@ForAll("attempts") DeliveryAttempt attempt) {
        assertThat(DeliveryAttempt.read(attempt.toBytes())).isEqualTo(attempt);
    }

    @Property(tries = 300)
    void aControlEntryIsReadAsItWasWritten(@ForAll("controls") RunControl control) {
        // When
        ProducerRecord<byte[], byte[]> written = control.toRecord();

        // Then
        assertThat(RunControl.read(new String(written.key(), StandardCharsets.UTF_8), written.value()))
                .isEqualTo(control);
    }

    @Property(tries = 300)
    void aDeadLetterIsReadAsItWasWrittenAndKeepsItsTask(
            @ForAll("tasks") DeliveryTask task, @ForAll("deadLetters") DeadLetter letter) {
        // When
        ProducerRecord<byte[], byte[]> written = DeadLetter.of(task, letter);

        // Then
        assertThat(DeadLetter.read(written.headers())).isEqualTo(letter);
        assertThat(DeliveryTask.read(written.headers(), written.value()))
                .usingRecursiveComparison()
                .isEqualTo(task);
    }

    @Property(tries = 300)
    void aRecordThatIsSetAsideKeepsAllThatItHad(
            @ForAll("tasks") DeliveryTask task, @ForAll String detail, @ForAll byte[] key, @ForAll byte[] value) {
        // Given
        ConsumerRecord<byte[], byte[]> malformed = new ConsumerRecord<>("topic", 3, 42, key, value);
        malformed.headers().add("other", key).add("empty", null);

        // When
        ProducerRecord<byte[], byte[]> written = DeadLetter.of(malformed, detail, task.due());

        // Then
        assertThat(written.key()).isEqualTo(key);
        assertThat(written.value()).isEqualTo(value);
        assertThat(written.headers()).containsAll(malformed.headers());
        assertThat(DeadLetter.read(written.headers()).reason()).isEqualTo(DeadLetter.MALFORMED_RECORD);
        assertThat(DeadLetter.read(written.headers()).origin()).isEqualTo("topic/3/42");
    }

    @Property(tries = 1000)
    void anyBytesAreARecordOrMalformed(@ForAll @Size(max = 200) byte[] bytes) {
        assertRecordsOrMalformed(bytes);
    }

    @Property(tries = 1000)
    void anyBytesAfterTheVersionAreARecordOrMalformed(@ForAll @Size(min = 1, max = 200) byte[] bytes) {
        bytes[0] = 1;
        assertRecordsOrMalformed(bytes);
    }

    @Property(tries = 300)
    void aTruncatedRecordIsARecordOrMalformed(
            @ForAll("tasks") DeliveryTask task,
            @ForAll("attempts") DeliveryAttempt attempt,
            @ForAll @IntRange(max = 10_000) int anyLength) {
        byte[] header = task.header().value();
        byte[] value = attempt.toBytes();
        assertRecordsOrMalformed(Arrays.copyOf(header, anyLength % header.length));
        assertRecordsOrMalformed(Arrays.copyOf(value, anyLength % value.length));
    }

    @Property(tries = 500)
    void aRecordWithAFlippedBitIsARecordOrMalformed(
            @ForAll("tasks") DeliveryTask task,
            @ForAll("attempts") DeliveryAttempt attempt,
            @ForAll @IntRange(max = 100_000) int anyBit) {
        assertRecordsOrMalformed(flipped(task.header().value(), anyBit));
        assertRecordsOrMalformed(flipped(attempt.toBytes(), anyBit));
    }

    @Property(tries = 100)
    void whatANewerWriterAppendsIsPassedOver(@ForAll("attempts") DeliveryAttempt attempt, @ForAll byte[] appended) {
        // Given
        byte[] value = attempt.toBytes();
        byte[] newer = Arrays.copyOf(value, value.length + appended.length);
        System.arraycopy(appended, 0, newer, value.length, appended.length);

        // When
        DeliveryAttempt read = DeliveryAttempt.read(newer);

        // Then
        assertThat(read).isEqualTo(attempt);
    }

    @Property(tries = 50)
    void aTaskWithoutDataOrHeaderIsMalformed(@ForAll("tasks") DeliveryTask task) {
        assertThatThrownBy(() -> DeliveryTask.read(task.toRecord("topic").headers(), null))
                .isInstanceOf(MalformedRecordException.class);
        assertThatThrownBy(() -> DeliveryTask.read(new RecordHeaders(), task.data()))
                .isInstanceOf(MalformedRecordException.class);
    }

    @Provide
    Arbitrary<DeliveryTask> tasks() {
        return Records.tasks();
    }

    @Provide
    Arbitrary<DeliveryAttempt> attempts() {
        return Records.attempts();
    }

    @Provide
    Arbitrary<RunControl> controls() {
        return Records.controls();
    }

    @Provide
    Arbitrary<DeadLetter> deadLetters() {
        return Records.deadLetters();
    }

    private static byte[] flipped(byte[] bytes, int anyBit) {
        int bit = anyBit % (bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        return bytes;
    }

    private static void assertRecordsOrMalformed(byte[] bytes) {
        Headers headers = new RecordHeaders().add(DeliveryTask.HEADER, bytes).add(DeadLetter.HEADER, bytes);
        assertReadOrMalformed(() -> DeliveryTask.read(headers, bytes));
        assertReadOrMalformed(() -> DeliveryTask.due(headers));
        assertReadOrMalformed(() -> DeadLetter.read(headers));
        assertReadOrMalformed(() -> DeliveryAttempt.read(bytes));
        assertReadOrMalformed(() -> RunControl.read(Ids.delivery("evt_1", "wh_1", Instant.EPOCH), bytes));
    }

    private static void assertReadOrMalformed(Supplier<Object> reading) {
        try {
            assertThat(reading.get()).isNotNull();
        } catch (MalformedRecordException e) {
            assertThat(e).message().isNotBlank();
        }
    }
}
