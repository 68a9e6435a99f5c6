package io.stockhook.events.log;

import io.stockhook.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a compacted topic from its beginning to its end and then follows it, handing every record to a sink: the topic
 * becomes a table in memory.
 *
 * <p>It is <em>ready</em> once it has reached the end offsets that it found at its start. It belongs to no consumer group,
 * so every instance reads all partitions. It waits for a topic that is not there yet and outlives the broker's absence;
 * {@link #lastAtEnd()} tells how old the table may be meanwhile. Records of aborted transactions are left out.
 *
 * <p>The sink is called on the reader's own daemon thread, in offset order within a partition. After an error that costs
 * the connection for good, the topic is read from its beginning again, so a sink must bear a record that it has seen.
 * All methods are safe to call from any thread.
 */
public final class CompactedTopicReader implements AutoCloseable {

    /** Takes what the topic says. */
    public interface Sink {

        /**
         * Takes one record.
         *
         * @throws Exception if the record makes no sense; it is logged, counted and passed over
         */
        void apply(CompactedRecord record) throws Exception;

        /**
         * Forgets whatever the topic has not said of these keys: it was read again from its beginning, because its deletions
         * may have been missed.
         *
         * @param keys all that the topic has a value for
         */
        void retainOnly(Set<String> keys);
    }

    private static final Logger LOG = Logger.getLogger(CompactedTopicReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration END_OFFSETS_EVERY = Duration.ofMillis(200);
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofMillis(500);
    private static final Duration COMPLAIN_EVERY = Duration.ofSeconds(30);
    /** Well below the time for which a broker keeps tombstones, {@link Topics#TOMBSTONE_RETENTION}, and its own default of a day. */
    private static final Duration DELETIONS_MAY_BE_MISSED_AFTER = Duration.ofHours(12);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String topic;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Sink sink;
    private final Clock clock;
    private final Thread thread;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongAdder skipped = new LongAdder();
    private volatile Instant lastAtEnd = Instant.EPOCH;
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private @Nullable Instant complainedAt;
    /** What the topic has values for, while it is read again from its beginning; null at all other times. */
    private @Nullable Set<String> keysReadAgain;

    /** @param clientSettings of the Kafka client, at least {@code bootstrap.servers} */
    public CompactedTopicReader(String topic, Map<String, Object> clientSettings, Sink sink) {
        this(topic, () -> new KafkaConsumer<>(settings(topic, clientSettings)), sink, Clock.systemUTC());
    }

    CompactedTopicReader(String topic, Supplier<Consumer<byte[], byte[]>> consumers, Sink sink, Clock clock) {
        this.topic = topic;
        this.consumers = consumers;
        this.sink = sink;
        this.clock = clock;
        this.thread = new Thread(this::run, "reader-" + topic);
        this.thread.setDaemon(true);
    }

    private static Map<String, Object> settings(String topic, Map<String, Object> clientSettings) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "reader-" + topic);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }

    /** Begins to read; returns at once. A reader is started once. */
    public void start() {
        thread.start();
    }

    /** Whether the end offsets found at the start have been reached. Stays true ever after. */
    public boolean isReady() {
        return ready.getCount() == 0;
    }

    /** Waits until ready and tells whether it is. */
    public boolean awaitReady(Duration atMost) throws InterruptedException {
        return ready.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * The latest moment at which the table is known to have held all that the topic held; {@link Instant#EPOCH} before the
     * first. By this machine's clock, and behind it by some 200 ms while the broker answers.
     */
    public Instant lastAtEnd() {
        return lastAtEnd;
    }

    /** Whether it reads, or tries to. False before {@link #start}, and after it was closed or ended by an {@link Error}. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** How many records the sink refused since the start. */
    public long skipped() {
        return skipped.sum();
    }

    /** Stops reading; the sink is not called once this has returned. */
    @Override
    public void close() {
        closing.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosing()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                follow(consumer, assignAll(consumer));
            } catch (WakeupException | InterruptException e) {
                return; // the two ways to be told to stop
            } catch (RuntimeException e) {
                complain(e);
                pause();
            } finally {
                current = null;
            }
        }
    }

    private List<TopicPartition> assignAll(Consumer<byte[], byte[]> consumer) {
        keysReadAgain = null;
        while (true) {
            var partitions = consumer.partitionsFor(topic, BROKER_TIMEOUT);
            if (partitions != null && !partitions.isEmpty()) {
                var assigned = partitions.stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
                consumer.assign(assigned);
                consumer.seekToBeginning(assigned);
                return assigned;
            }
            complain(new KafkaException("the topic does not exist yet"));
            pause();
            if (isClosing()) {
                throw new WakeupException();
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Instant asked = Instant.EPOCH;
        Map<TopicPartition, Long> ends = Map.of();
        while (!isClosing()) {
            try {
                if (ends.isEmpty() && !clock.instant().isBefore(asked.plus(END_OFFSETS_EVERY))) {
                    asked = clock.instant();
                    ends = consumer.endOffsets(partitions, BROKER_TIMEOUT);
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    apply(record);
                }
                if (!ends.isEmpty() && isAt(consumer, ends)) {
                    if (mayHaveMissedDeletions(asked)) {
                        LOG.warnf("topic %s was out of reach since %s, reads it from its beginning", topic, lastAtEnd);
                        keysReadAgain = new HashSet<>();
                        consumer.seekToBeginning(partitions);
                    } else {
                        atEnd(asked);
                    }
                    ends = Map.of();
                }
            } catch (WakeupException | InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                complain(e);
                pause();
            }
        }
    }

    private static boolean isAt(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey(), BROKER_TIMEOUT) >= end.getValue());
    }

    private boolean mayHaveMissedDeletions(Instant now) {
        return keysReadAgain == null
                && isReady()
                && lastAtEnd.plus(DELETIONS_MAY_BE_MISSED_AFTER).isBefore(now);
    }

    private void atEnd(Instant moment) {
        if (keysReadAgain != null) {
            sink.retainOnly(keysReadAgain);
            keysReadAgain = null;
        }
        lastAtEnd = moment;
        if (!isReady()) {
            LOG.infof("topic %s is read to its end for the first time, %d records skipped", topic, skipped());
            ready.countDown();
        } else if (complainedAt != null) {
            LOG.infof("topic %s is read to its end again", topic);
        }
        complainedAt = null;
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            byte[] key = record.key();
            if (key == null || key.length == 0) {
                throw new IllegalArgumentException("a record of a compacted topic needs a key");
            }
            String name = new String(key, StandardCharsets.UTF_8);
            note(name, record.value() != null);
            sink.apply(new CompactedRecord(
                    name, record.value(), record.offset(), Instant.ofEpochMilli(record.timestamp())));
        } catch (Exception e) {
            skipped.increment();
            LOG.errorf(
                    e, "skipped a record: topic=%s partition=%d offset=%d", topic, record.partition(), record.offset());
        }
    }

    private void note(String key, boolean hasValue) {
        if (keysReadAgain == null) {
            return;
        }
        if (hasValue) {
            keysReadAgain.add(key);
        } else {
            keysReadAgain.remove(key);
        }
    }

    private void complain(RuntimeException e) {
        Instant now = clock.instant();
        if (complainedAt == null || !now.isBefore(complainedAt.plus(COMPLAIN_EVERY))) {
            complainedAt = now;
            LOG.warnf("topic %s cannot be read, last at its end %s, trying on: %s", topic, lastAtEnd, e);
        }
    }

    private void pause() {
        try {
            boolean unused = closing.await(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
