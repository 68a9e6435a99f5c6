package io.stockhook.delivery.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockhook.delivery.testing.LoopConsumer;
import io.stockhook.delivery.testing.LoopProducer;
import io.stockhook.events.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MoverTests {

    private static final TopicPartition ONE = new TopicPartition("from", 0);
    private static final TopicPartition OTHER = new TopicPartition("from", 1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LoopConsumer consumer = new LoopConsumer();
    private LoopProducer producer = new LoopProducer(true);
    private volatile Mover.Step step =
            (source, sink) -> sink.put(new ProducerRecord<>("to", source.key(), source.value()));
    private final Mover mover = new Mover(
            "test",
            List.of("from"),
            () -> consumer,
            () -> producer,
            (source, sink) -> step.move(source, sink),
            Duration.ofMillis(100),
            Clock.systemUTC());

    @AfterEach
    void stop() {
        while (producer.completeNext()) {}
        mover.stop(SOON);
    }

    @Test
    void commitThatFailedIsRepeatedThoughNothingMoreArrives() {
        // Given
        consumer.failCommits(2);
        consumer.assign(ONE);
        consumer.append(ONE, 0);

        // When
        mover.start();

        // Then
        await().atMost(SOON).until(() -> consumer.committedOffset(ONE) == 1);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void whatWasMovedIsCommittedOnAStopAlthoughTheWakeUpHitsTheCommit() {
        // Given
        consumer.failCommits(Integer.MAX_VALUE);
        consumer.assign(ONE);
        consumer.append(ONE, 0);
        mover.start();
        await().atMost(SOON).until(() -> producer.history().size() == 1);
        consumer.wakeUpNextCommit();

        // When
        mover.stop(SOON);

        // Then
        assertThat(consumer.committedOffset(ONE)).isEqualTo(1);
    }

    @Test
    void fanOutOfOnePollIsAwaitedInPartsAndItsPrefixCommitted() {
        // Given
        producer = new LoopProducer(false);
        step = (source, sink) -> {
            for (int i = 0; i < 6_000; i++) {
                sink.put(new ProducerRecord<>("to", source.key(), source.value()));
            }
        };
        consumer.assign(ONE);
        consumer.append(List.of(
                new ConsumerRecord<>("from", 0, 0, new byte[1], new byte[1]),
                new ConsumerRecord<>("from", 0, 1, new byte[1], new byte[1])));
        mover.start();
        await().atMost(SOON).until(() -> producer.history().size() == Mover.MAX_SENDS);
        assertThat(consumer.committedOffset(ONE)).isEqualTo(-1);

        // When
        for (int i = 0; i < Mover.MAX_SENDS; i++) {
            producer.completeNext();
        }

        // Then
        await().atMost(SOON).until(() -> consumer.committedOffset(ONE) == 1);
        await().atMost(SOON).until(() -> producer.history().size() == 12_000);
    }

    @Test
    void partitionWhoseStepCannotBeMadeYetIsHeldAndTheOthersGoOn() {
        // Given
        AtomicInteger tries = new AtomicInteger();
        step = (source, sink) -> {
            if (source.partition() == 0 && tries.incrementAndGet() < 5) {
                throw new Mover.NotYetException("not yet");
            }
            sink.put(new ProducerRecord<>(
                    "to", String.valueOf(source.partition()).getBytes(UTF_8), null));
        };
        consumer.assign(ONE, OTHER);
        consumer.append(ONE, 0);
        consumer.append(OTHER, 0);

        // When
        mover.start();

        // Then
        await().atMost(SOON).until(() -> consumer.committedOffset(ONE) == 1);
        assertThat(consumer.committedOffset(OTHER)).isEqualTo(1);
        assertThat(producer.history())
                .extracting(target -> new String(target.key(), UTF_8))
                .containsExactly("1", "0");
        assertThat(tries).hasValue(5);
    }

    @Test
    void recordThatBecomesOneTooLongIsSetAside() {
        // Given
        producer.refuse(target -> target.topic().equals("to"), new RecordTooLargeException("too long"));
        consumer.assign(ONE);
        consumer.append(ONE, 0);

        // When
        mover.start();

        // Then
        await().atMost(SOON).until(() -> consumer.committedOffset(ONE) == 1);
        assertThat(producer.history()).extracting(ProducerRecord::topic).containsExactly(Topics.DEAD_LETTERS);
    }

    @Test
    void sendThatTheProducerHasNoRoomForIsRepeatedAndTheLoopCountsAsAlive() {
        // Given
        producer.refuse(target -> true, new TimeoutException("the buffer is full"));
        consumer.assign(ONE);
        consumer.append(ONE, 0);
        mover.start();
        await().atMost(SOON).until(() -> producer.refusals() > 0);
        Loop.Status before = mover.status();
        await().atMost(SOON).until(() -> mover.status().lastAlive().isAfter(before.lastAlive()));

        // When
        producer.refuseNothing();

        // Then
        await().atMost(SOON).until(() -> consumer.committedOffset(ONE) == 1);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void partitionThatIsTakenAwayIsMovedNoFurther() {
        // Given
        AtomicInteger tries = new AtomicInteger();
        step = (source, sink) -> {
            tries.incrementAndGet();
            throw new Mover.NotYetException("never");
        };
        consumer.assign(ONE, OTHER);
        consumer.append(ONE, 0);
        mover.start();
        await().atMost(SOON).until(() -> tries.get() > 0);

        // When
        consumer.assign(OTHER);

        // Then
        await().atMost(SOON).until(() -> consumer.assignment().size() == 1);
        int triedBefore = tries.get();
        int polledBefore = consumer.polls().size();
        await().atMost(SOON).until(() -> consumer.polls().size() > polledBefore + 5);
        assertThat(tries.get()).isBetween(triedBefore, triedBefore + 1);
    }
}
