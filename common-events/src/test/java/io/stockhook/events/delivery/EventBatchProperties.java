package io.stockhook.events.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.Ids;
import io.stockhook.events.MalformedRecordException;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.ProducerRecord;

class EventBatchProperties {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final String JSON = "application/json";

    @Property(tries = 300)
    void aBatchIsReadAsItWasFrozen(@ForAll("parts") List<EventBatch.Part> parts) {
        // Given
        DeliveryTask batch = DeliveryTask.batch(parts, JSON, NOW);

        // When
        ProducerRecord<byte[], byte[]> written = batch.toRecord("topic");

        // Then
        DeliveryTask read = DeliveryTask.read(written.headers(), written.value());
        assertThat(read).usingRecursiveComparison().isEqualTo(batch);
        assertThat(body(read)).isEqualTo(array(parts));
        assertThat(Ids.isA(Ids.Kind.BATCH, read.webhookId())).isTrue();
    }

    @Property(tries = 300)
    void itsEventsAreThoseThatWereFrozenEachWithItsData(@ForAll("parts") List<EventBatch.Part> parts) {
        // When
        List<DeliveryTask> singles = DeliveryTask.batch(parts, JSON, NOW).singles();

        // Then
        assertThat(singles)
                .usingRecursiveComparison()
                .comparingOnlyFields(
                        "deliveryId",
                        "eventId",
                        "eventType",
                        "subscribedAs",
                        "eventSource",
                        "eventSubject",
                        "eventTime",
                        "traceParent",
                        "run",
                        "messageId",
                        "data")
                .isEqualTo(parts.stream().map(EventBatch.Part::task).toList());
    }

    @Property(tries = 300)
    void itsRetriesAndDeferralsHaveTheSameBody(@ForAll("parts") List<EventBatch.Part> parts) {
        // Given
        DeliveryTask batch = DeliveryTask.batch(parts, JSON, NOW);

        // When
        DeliveryTask later = batch.retry(NOW, NOW).deferred(NOW).heldUp(NOW, NOW);

        // Then
        ProducerRecord<byte[], byte[]> written = later.toRecord("topic");
        DeliveryTask read = DeliveryTask.read(written.headers(), written.value());
        assertThat(body(read)).isEqualTo(body(batch));
        assertThat(read.webhookId()).isEqualTo(batch.webhookId());
        assertThat(read.attempt()).isEqualTo(2);
    }

    @Property(tries = 300)
    void itNeverTakesMoreOfARecordThanItsPartsWeigh(@ForAll("parts") List<EventBatch.Part> parts) {
        // When
        int length = DeliveryTask.batch(parts, JSON, NOW).data().length;

        // Then
        assertThat(length)
                .isLessThanOrEqualTo(
                        64 + parts.stream().mapToInt(EventBatch.Part::weight).sum());
    }

    @Property(tries = 100)
    void theSameRunsOfTheSameDeliveriesAreTheSameBatch(@ForAll("parts") List<EventBatch.Part> parts) {
        // Given
        DeliveryTask batch = DeliveryTask.batch(parts, JSON, NOW);
        List<EventBatch.Part> nextRuns = parts.stream()
                .map(part -> new EventBatch.Part(
                        part.task().inRun(part.task().run() / 2 + 1_000, 1), part.element(), part.dataAt()))
                .toList();

        // Then
        assertThat(DeliveryTask.batch(parts, "application/other", NOW.plusSeconds(1))
                        .deliveryId())
                .isEqualTo(batch.deliveryId());
        assertThat(DeliveryTask.batch(nextRuns, JSON, NOW).deliveryId()).isNotEqualTo(batch.deliveryId());
    }

    @Property(tries = 300)
    void aTruncatedBatchIsMalformed(
            @ForAll("parts") List<EventBatch.Part> parts, @ForAll @IntRange(max = 10_000) int anyLength) {
        // Given
        DeliveryTask batch = DeliveryTask.batch(parts, JSON, NOW);
        int bodyEnd = batchOf(batch).bodyOffset() + batchOf(batch).bodyLength();

        // When
        byte[] truncated = Arrays.copyOf(batch.data(), anyLength % bodyEnd);

        // Then
        assertThat(isMalformed(batch, truncated)).isTrue();
    }

    @Property(tries = 500)
    void aBatchWithAFlippedBitIsABatchOrMalformed(
            @ForAll("parts") List<EventBatch.Part> parts, @ForAll @IntRange(max = 100_000) int anyBit) {
        // Given
        DeliveryTask batch = DeliveryTask.batch(parts, JSON, NOW);
        byte[] flipped = batch.data().clone();
        int bit = anyBit % (flipped.length * 8);

        // When
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));

        // Then
        if (!isMalformed(batch, flipped)) {
            assertThat(DeliveryTask.read(batch.toRecord("topic").headers(), flipped)
                            .singles())
                    .hasSize(parts.size());
        }
    }

    @Property(tries = 50)
    void aTaskThatSaysItIsABatchAndHoldsAnEventIsMalformed(
            @ForAll("parts") List<EventBatch.Part> parts, @ForAll("parts") List<EventBatch.Part> others) {
        // Given
        DeliveryTask batch = DeliveryTask.batch(parts, JSON, NOW);

        // Then
        assertThat(isMalformed(batch, "{\"sku\":\"SHIRT-1\"}".getBytes(UTF_8))).isTrue();
        if (others.size() != parts.size()) {
            assertThat(isMalformed(batch, DeliveryTask.batch(others, JSON, NOW).data()))
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<List<EventBatch.Part>> parts() {
        return Records.parts();
    }

    private static boolean isMalformed(DeliveryTask batch, byte[] data) {
        try {
            DeliveryTask.read(batch.toRecord("topic").headers(), data);
            return false;
        } catch (MalformedRecordException e) {
            assertThat(e).message().isNotBlank();
            return true;
        }
    }

    private static byte[] body(DeliveryTask task) {
        EventBatch batch = batchOf(task);
        return Arrays.copyOfRange(task.data(), batch.bodyOffset(), batch.bodyOffset() + batch.bodyLength());
    }

    private static EventBatch batchOf(DeliveryTask task) {
        return Objects.requireNonNull(task.batch());
    }

    private static byte[] array(List<EventBatch.Part> parts) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            array.write(i == 0 ? '[' : ',');
            array.writeBytes(parts.get(i).element());
        }
        array.write(']');
        return array.toByteArray();
    }
}
