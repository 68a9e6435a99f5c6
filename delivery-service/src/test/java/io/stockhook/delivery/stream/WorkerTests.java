package io.stockhook.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.configuration.MemorySize;
import io.stockhook.delivery.testing.LoopConsumer;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerTests {

    private static final TopicPartition ONE = new TopicPartition("tasks", 0);
    private static final TopicPartition OTHER = new TopicPartition("tasks", 1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LoopConsumer consumer = new LoopConsumer();
    private final List<Worker.Work> taken = new CopyOnWriteArrayList<>();
    private final Worker worker = new Worker("test", List.of("tasks"), () -> consumer, taken::addAll, new Config());

    @AfterEach
    void stop() {
        worker.stop(SOON);
    }

    @Test
    void commitThatFailedIsRepeatedThoughNothingMoreFinishes() {
        // Given
        consumer.failCommits(3);
        begin(1, ONE);

        // When
        finish(0);

        // Then
        await().atMost(SOON).until(() -> consumer.committedOffset(ONE) == 1);
    }

    @Test
    void whatFinishedIsCommittedOnAStopAlthoughTheWakeUpHitsTheCommit() {
        // Given
        consumer.failCommits(Integer.MAX_VALUE);
        begin(1, ONE);
        finish(0);
        consumer.wakeUpNextCommit();

        // When
        worker.stop(SOON);

        // Then
        assertThat(consumer.committedOffset(ONE)).isEqualTo(1);
    }

    @Test
    void partitionTooSpreadForOneCommitCommitsWhatFitsAndReadsNoFurtherUntilItsHeadIsDone() {
        // Given
        begin(6_000, ONE);
        for (int offset = 2; offset < 6_000; offset += 2) {
            finish(offset);
        }

        // When
        finish(0);

        // Then
        await().atMost(SOON).until(() -> consumer.committedOffset(ONE) == 1);
        assertThat(consumer.committedMetadata(ONE)).hasSizeBetween(3_000, CommittedOffset.MAX_METADATA_CHARS);
        await().atMost(SOON).until(() -> consumer.paused().contains(ONE));
        for (int offset = 1; offset < 6_000; offset += 2) {
            finish(offset);
        }
        await().atMost(SOON).until(() -> consumer.paused().isEmpty());
        assertThat(consumer.committedOffset(ONE)).isEqualTo(6_000);
    }

    @Test
    void handingOverWaitsForWhatHasBegunAndNotForWhatIsGivenBack() {
        // Given
        begin(2, ONE, OTHER);
        assertThat(taken).allMatch(Worker.Work::mayBegin);

        // When
        consumer.assign(OTHER);

        // Then
        await().atMost(SOON).until(() -> !work(0).mayBegin());
        assertThat(work(0).isOwned()).isTrue();
        work(1).release();
        finish(0);
        await().atMost(SOON).until(() -> !work(0).isOwned());
        assertThat(consumer.committedOffset(ONE)).isEqualTo(1);
    }

    @Test
    void handingOverWaitsForWhatHasBegunBesideTheRecords() {
        // Given
        begin(1, ONE, OTHER);
        finish(0);
        work(0).assignment().begin();

        // When
        consumer.assign(OTHER);

        // Then
        await().atMost(SOON).until(() -> !work(0).mayBegin());
        assertThat(work(0).isOwned()).isTrue();
        work(0).assignment().end();
        await().atMost(SOON).until(() -> !work(0).isOwned());
    }

    @Test
    void partitionIsNotCertainToBeOursAfterASilenceInWhichItCanHaveBeenTakenAway() {
        // Given
        begin(1, ONE);
        CountDownLatch goesOn = new CountDownLatch(1);
        assertThat(work(0).assignment().isCertain()).isTrue();

        // When
        consumer.schedulePollTask(() -> assertThatCode(goesOn::await).doesNotThrowAnyException());

        // Then
        await().atMost(SOON).until(() -> !work(0).assignment().isCertain());
        goesOn.countDown();
        await().atMost(SOON).until(() -> work(0).assignment().isCertain());
    }

    @Test
    void howFarAPartitionHasBeenReadIsKnown() {
        // Given
        consumer.schedulePollTask(() -> consumer.updateEndOffsets(Map.of(ONE, 10L)));

        // When
        begin(2, ONE);

        // Then
        await().atMost(SOON).until(() -> work(0).assignment().readTo() == 2);
        consumer.schedulePollTask(() -> consumer.updateEndOffsets(Map.of(ONE, 2L)));
        await().atMost(SOON).until(() -> work(0).assignment().readTo() == Long.MAX_VALUE);
    }

    @Test
    void nothingOfAPartitionThatWasNotHandedOverMayBegin() {
        // Given
        begin(1, ONE);

        // When
        consumer.schedulePollTask(() -> {
            throw new IllegalStateException("the client is broken");
        });

        // Then
        await().atMost(SOON).until(() -> !work(0).mayBegin());
        assertThat(work(0).isOwned()).isFalse();
    }

    private void begin(int records, TopicPartition... partitions) {
        consumer.assign(partitions);
        List<ConsumerRecord<byte[], byte[]>> entries = new ArrayList<>();
        for (int offset = 0; offset < records; offset++) {
            entries.add(new ConsumerRecord<>(ONE.topic(), ONE.partition(), offset, new byte[1], new byte[1]));
        }
        consumer.append(entries);
        worker.start();
        await().atMost(SOON).until(() -> taken.size() == records);
    }

    private Worker.Work work(int offset) {
        return taken.get(offset);
    }

    private void finish(int offset) {
        work(offset).finish();
    }

    private static final class Config implements StreamConfig {

        @Override
        public Duration drainTimeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public String instanceId() {
            return "test";
        }

        @Override
        public Duration sessionTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int maxPollRecords() {
            return 1_000;
        }

        @Override
        public Duration commitInterval() {
            return Duration.ofMillis(10);
        }

        @Override
        public int maxUnfinished() {
            return 8_000;
        }

        @Override
        public MemorySize maxUnfinishedSize() {
            return new MemorySize(BigInteger.valueOf(64 * 1024 * 1024));
        }

        @Override
        public Duration outcomeLinger() {
            return Duration.ZERO;
        }

        @Override
        public Duration retryInterval() {
            return Duration.ofMillis(100);
        }
    }
}
