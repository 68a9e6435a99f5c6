package io.stockhook.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockhook.delivery.testing.LoopConsumer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitsTests {

    private static final TopicPartition ONE = new TopicPartition("topic", 0);
    private static final TopicPartition OTHER = new TopicPartition("topic", 1);

    private final LoopConsumer consumer = new LoopConsumer();
    private final Commits commits = new Commits("test", consumer);

    @BeforeEach
    void assign() {
        consumer.subscribe(List.of("topic"));
        consumer.assign(ONE, OTHER);
        consumer.poll(Duration.ZERO);
    }

    @Test
    void commitThatFailsIsMadeAgainAlthoughNothingNewIsDone() {
        // Given
        consumer.failCommits(2);
        commits.put(ONE, new OffsetAndMetadata(5));

        // When
        commits.flush();

        // Then
        assertThat(consumer.committedOffset(ONE)).isEqualTo(-1);
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            commits.flush();
            return consumer.committedOffset(ONE) == 5;
        });
    }

    @Test
    void wakeUpThatIsMeantForThePollDoesNotCostTheCommitOnHandingOver() {
        // Given
        consumer.wakeUpNextCommit();
        commits.put(ONE, new OffsetAndMetadata(5));

        // When
        commits.handOver(List.of(ONE));

        // Then
        assertThat(consumer.committedOffset(ONE)).isEqualTo(5);
    }

    @Test
    void handingOverOnePartitionLeavesTheOthersToTheNextCommit() {
        // Given
        commits.put(ONE, new OffsetAndMetadata(5));
        commits.put(OTHER, new OffsetAndMetadata(7));

        // When
        commits.handOver(List.of(ONE));

        // Then
        assertThat(consumer.committedOffset(OTHER)).isEqualTo(-1);
        commits.flush();
        assertThat(consumer.committedOffset(OTHER)).isEqualTo(7);
    }

    @Test
    void nothingIsCommittedOfAPartitionThatIsLost() {
        // Given
        commits.put(ONE, new OffsetAndMetadata(5));

        // When
        commits.forget(List.of(ONE));

        // Then
        commits.flush();
        assertThat(consumer.committedOffset(ONE)).isEqualTo(-1);
    }
}
