package io.stockhook.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockhook.delivery.testing.LoopProducer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReliableSenderTests {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ProducerRecord<byte[], byte[]> RECORD = new ProducerRecord<>("topic", new byte[] {1});

    private final LoopProducer first = new LoopProducer(true);
    private final LoopProducer second = new LoopProducer(true);
    private final Queue<LoopProducer> producers = new ArrayDeque<>(List.of(first, second));
    private final ReliableSender sender = new ReliableSender(producers::remove, Duration.ofMillis(50));
    private final AtomicInteger acknowledged = new AtomicInteger();

    @AfterEach
    void stop() {
        sender.close();
    }

    @Test
    void refusedRecordIsRepeatedUntilItIsTakenAndAcknowledgedOnce() {
        // Given
        first.refuse(target -> true, new TimeoutException("the topic is not known yet"));
        sender.send(RECORD, acknowledged::incrementAndGet);
        await().atMost(SOON).until(() -> first.refusals() > 3);
        assertThat(sender.oldestRefusal()).isPositive();

        // When
        first.refuseNothing();

        // Then
        await().atMost(SOON).until(() -> acknowledged.get() == 1);
        assertThat(first.history()).hasSize(1);
        await().atMost(SOON).until(() -> sender.oldestRefusal().isZero());
    }

    @Test
    void recordThatIsNeverTakenHoldsUpNoOther() {
        // Given
        first.refuse(target -> target.topic().equals("topic"), new RecordTooLargeException("too long"));
        sender.send(RECORD, acknowledged::incrementAndGet);

        // When
        sender.send(new ProducerRecord<>("other", new byte[] {1}), acknowledged::incrementAndGet);

        // Then
        assertThat(acknowledged).hasValue(1);
        await().atMost(SOON).until(() -> first.refusals() > 3);
        assertThat(sender.oldestRefusal()).isPositive();
    }

    @Test
    void producerThatIsBrokenForGoodIsReplaced() {
        // Given
        first.refuse(target -> true, new KafkaException("in an error state"));

        // When
        sender.send(RECORD, acknowledged::incrementAndGet);

        // Then
        await().atMost(SOON).until(() -> acknowledged.get() == 1);
        assertThat(second.history()).hasSize(1);
        await().atMost(SOON).until(first::closed);
    }
}
