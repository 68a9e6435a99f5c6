package io.stockhook.delivery.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockhook.delivery.Tasks;
import io.stockhook.delivery.testing.LoopConsumer;
import io.stockhook.delivery.testing.LoopProducer;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WheelTests {

    private static final TopicPartition SECOND = new TopicPartition(Topics.DELAY_PREFIX + "1s", 0);
    private static final TopicPartition MINUTE = new TopicPartition(Topics.DELAY_PREFIX + "1m", 0);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final Hand clock = new Hand();
    private final LoopConsumer consumer = new LoopConsumer();
    private LoopProducer producer = new LoopProducer(true);
    private final Wheel wheel = new Wheel(
            new DelayLadder(List.of(Duration.ofSeconds(1), Duration.ofMinutes(1))),
            () -> consumer,
            () -> producer,
            Duration.ofMillis(100),
            clock);

    @AfterEach
    void stop() {
        while (producer.completeNext()) {}
        wheel.stop(SOON);
    }

    @Test
    void dueTaskGoesBackAndItsCommitIsRepeatedThoughNothingMoreSurfaces() {
        // Given
        consumer.failCommits(3);
        consumer.assign(SECOND);
        consumer.append(entry(SECOND, 0, START.plusSeconds(1), 10));
        wheel.start();

        // When
        clock.now = START.plusSeconds(1);

        // Then
        await().atMost(SOON).until(() -> consumer.committedOffset(SECOND) == 1);
        assertThat(producer.history()).extracting(ProducerRecord::topic).containsExactly(Topics.TASKS);
    }

    @Test
    void whatWasMovedIsCommittedOnAStopAlthoughTheWakeUpHitsTheCommit() {
        // Given
        consumer.failCommits(Integer.MAX_VALUE);
        consumer.assign(SECOND);
        consumer.append(entry(SECOND, 0, START.plusSeconds(1), 10));
        clock.now = START.plusSeconds(1);
        wheel.start();
        await().atMost(SOON).until(() -> producer.history().size() == 1);
        consumer.wakeUpNextCommit();

        // When
        wheel.stop(SOON);

        // Then
        assertThat(consumer.committedOffset(SECOND)).isEqualTo(1);
    }

    @Test
    void whatIsAlmostDueIsHeldWithinBoundsAndTheWheelDoesNotSpin() {
        // Given more than may be held is due half a second after it surfaces
        clock.now = START.plusSeconds(1);
        Instant due = clock.now.plusMillis(500);
        int megabyte = 1024 * 1024;
        long fitting = Wheel.MAX_ALMOST_DUE_BYTES / megabyte;
        List<ConsumerRecord<byte[], byte[]>> entries = new ArrayList<>();
        for (int offset = 0; offset < fitting + 2; offset++) {
            entries.add(entry(SECOND, offset, due, megabyte));
        }
        consumer.assign(SECOND, MINUTE);
        consumer.append(entries);
        wheel.start();
        await().atMost(SOON).until(() -> consumer.paused().contains(SECOND));
        int polled = consumer.polls().size();
        await().atMost(SOON).until(() -> consumer.polls().size() > polled + 10);
        assertThat(consumer.polls().subList(polled + 1, polled + 10)).allMatch(Duration.ofMillis(200)::equals);
        assertThat(wheel.overdue()).isZero();

        // When
        clock.now = due;

        // Then
        await().atMost(SOON).until(() -> consumer.committedOffset(SECOND) == fitting + 2);
        assertThat(producer.history()).hasSize((int) fitting + 2);
    }

    @Test
    void dueTaskIsNotHeldUpByWhatIsAlmostDueOnOtherPartitions() {
        // Given
        clock.now = START.plusSeconds(60);
        int megabyte = 1024 * 1024;
        List<ConsumerRecord<byte[], byte[]>> entries = new ArrayList<>();
        for (int offset = 0; offset < Wheel.MAX_ALMOST_DUE_BYTES / megabyte + 1; offset++) {
            entries.add(entry(SECOND, offset, clock.now.plusMillis(900), megabyte));
        }
        consumer.assign(SECOND, MINUTE);
        consumer.append(entries);
        wheel.start();
        await().atMost(SOON).until(() -> consumer.paused().contains(SECOND));

        // When
        consumer.append(entry(MINUTE, 0, clock.now, 10));

        // Then
        await().atMost(SOON).until(() -> consumer.committedOffset(MINUTE) == 1);
        assertThat(consumer.committedOffset(SECOND)).isEqualTo(-1);
    }

    @Test
    void overdueGrowsWhileTheWheelStandsStill() {
        // Given
        producer = new LoopProducer(false);
        consumer.assign(SECOND);
        consumer.append(
                List.of(entry(SECOND, 0, START.plusMillis(1_500), 10), entry(SECOND, 1, START.plusMillis(1_900), 10)));
        clock.now = START.plusSeconds(1);
        wheel.start();
        await().atMost(SOON)
                .until(() ->
                        !consumer.paused().contains(SECOND) && consumer.polls().size() > 5);
        clock.now = START.plusMillis(1_500);
        await().atMost(SOON).until(() -> producer.history().size() == 1);

        // When the first is not acknowledged
        clock.now = START.plusSeconds(10);

        // Then
        assertThat(wheel.overdue()).isEqualTo(Duration.ofMillis(8_500));
    }

    private static ConsumerRecord<byte[], byte[]> entry(TopicPartition tier, long offset, Instant due, int size) {
        DeliveryTask task = Tasks.of("evt_" + offset, 1, due);
        return new ConsumerRecord<>(
                tier.topic(),
                tier.partition(),
                offset,
                START.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                3,
                size,
                "key".getBytes(UTF_8),
                task.data(),
                new RecordHeaders(task.toRecord("tier").headers()),
                Optional.empty());
    }

    /** A clock that is set by hand. */
    private static final class Hand extends Clock {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
