package io.stockhook.events.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CompactedTopicReaderTests implements CompactedTopicReader.Sink {

    private static final String TOPIC = "table";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final MockConsumer<byte[], byte[]> broker = new MockConsumer<>("earliest");
    private final BlockingQueue<CompactedRecord> table = new LinkedBlockingQueue<>();
    private final BlockingQueue<Set<String>> retained = new LinkedBlockingQueue<>();
    private final AtomicReference<Duration> away = new AtomicReference<>(Duration.ZERO);
    private final CompactedTopicReader reader = new CompactedTopicReader(TOPIC, () -> broker, this, new LateClock());

    @BeforeEach
    void emptyTopic() {
        broker.updateBeginningOffsets(Map.of(PARTITION, 0L));
        broker.updateEndOffsets(Map.of(PARTITION, 0L));
    }

    @AfterEach
    void stop() {
        reader.close();
    }

    @Test
    void isReadyOnceTheEndFoundAtTheStartIsReached() throws Exception {
        // Given
        topicExists();
        broker.updateEndOffsets(Map.of(PARTITION, 2L));
        reader.start();
        append(0, "a", "1");
        assertThat(take().key()).isEqualTo("a");
        assertThat(reader.isReady()).isFalse();

        // When
        append(1, "b", "2");

        // Then
        assertThat(reader.awaitReady(SOON)).isTrue();
        assertThat(take().key()).isEqualTo("b");
    }

    @Test
    void anEmptyTopicIsReadyAtOnce() throws Exception {
        // Given
        topicExists();
        Instant before = Instant.now();

        // When
        reader.start();

        // Then
        assertThat(reader.awaitReady(SOON)).isTrue();
        assertThat(reader.lastAtEnd()).isAfterOrEqualTo(before);
    }

    @Test
    void waitsForATopicThatIsNotThereYet() throws Exception {
        // Given
        reader.start();
        assertThat(reader.awaitReady(Duration.ofMillis(100))).isFalse();

        // When
        topicExists();

        // Then
        assertThat(reader.awaitReady(SOON)).isTrue();
    }

    @Test
    void aTombstoneArrivesAsNull() throws Exception {
        // Given
        topicExists();
        broker.updateEndOffsets(Map.of(PARTITION, 1L));

        // When
        reader.start();
        append(0, "gone", null);

        // Then
        assertThat(take().value()).isNull();
    }

    @Test
    void aRecordThatTheSinkRefusesIsCountedAndPassedOver() throws Exception {
        // Given
        topicExists();
        broker.updateEndOffsets(Map.of(PARTITION, 3L));
        reader.start();

        // When
        append(0, "bad", "1");
        append(1, null, "keyless");
        append(2, "good", "2");

        // Then
        assertThat(take().key()).isEqualTo("good");
        assertThat(reader.awaitReady(SOON)).isTrue();
        assertThat(reader.skipped()).isEqualTo(2);
    }

    @Test
    void goesOnAfterTheBrokerWasAway() throws Exception {
        // Given
        topicExists();
        reader.start();
        assertThat(reader.awaitReady(SOON)).isTrue();

        // When
        broker.schedulePollTask(() -> broker.setPollException(new TimeoutException("away")));
        broker.updateEndOffsets(Map.of(PARTITION, 1L));
        append(0, "a", "1");

        // Then
        assertThat(take().key()).isEqualTo("a");
    }

    @Test
    void beginsAgainWhateverAClientThrows() throws Exception {
        // Given
        topicExists();
        AtomicInteger made = new AtomicInteger();
        Supplier<Consumer<byte[], byte[]>> consumers = () -> {
            if (made.getAndIncrement() == 0) {
                throw new IllegalStateException("not today");
            }
            return broker;
        };

        // When
        try (var stubborn = new CompactedTopicReader(TOPIC, consumers, this, Clock.systemUTC())) {
            stubborn.start();

            // Then
            assertThat(stubborn.awaitReady(SOON)).isTrue();
            assertThat(stubborn.isRunning()).isTrue();
        }
    }

    @Test
    void forgetsWhatWasDeletedWhileItWasOutOfReachForLong() throws Exception {
        // Given
        topicExists();
        broker.updateEndOffsets(Map.of(PARTITION, 2L));
        reader.start();
        append(0, "deleted meanwhile", "1");
        append(1, "kept", "2");
        assertThat(reader.awaitReady(SOON)).isTrue();

        // When
        // its record and its tombstone are compacted away
        broker.schedulePollTask(() -> away.set(Duration.ofHours(13)));
        append(1, "kept", "2");

        // Then
        assertThat(retained.poll(SOON.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(Set.of("kept"));
    }

    @Override
    public void retainOnly(Set<String> keys) {
        retained.add(keys);
    }

    @Override
    public void apply(CompactedRecord record) {
        if (record.key().equals("bad")) {
            throw new IllegalArgumentException("refused");
        }
        table.add(record);
    }

    private CompactedRecord take() throws InterruptedException {
        CompactedRecord record = table.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(record).isNotNull();
        return record;
    }

    private void topicExists() {
        Node node = new Node(0, "localhost", 1);
        broker.updatePartitions(
                TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node})));
    }

    private void append(long offset, @Nullable String key, @Nullable String value) {
        broker.schedulePollTask(
                () -> broker.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, bytes(key), bytes(value))));
    }

    /** The machine's clock, which goes forward by as long as the reader was away. */
    private final class LateClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(away.get());
        }
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
