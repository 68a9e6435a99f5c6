package io.stockhook.delivery.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** Kafka's consumer for tests, whose commits can fail. */
public final class LoopConsumer extends MockConsumer<byte[], byte[]> {

    private final AtomicInteger commitsToFail = new AtomicInteger();
    private final AtomicInteger commitsToWakeUp = new AtomicInteger();
    /** Kept here, because Kafka's class forgets it with the assignment. */
    private final Map<TopicPartition, OffsetAndMetadata> acknowledged = new ConcurrentHashMap<>();

    private final List<Duration> polls = new CopyOnWriteArrayList<>();

    public LoopConsumer() {
        super("earliest");
    }

    /** Gives these partitions, and no others, at the next poll. */
    public void assign(TopicPartition... partitions) {
        schedulePollTask(() -> {
            for (TopicPartition partition : partitions) {
                updateBeginningOffsets(Map.of(partition, 0L));
            }
            rebalance(Arrays.asList(partitions));
        });
    }

    /** Has a record at the next poll. */
    public void append(TopicPartition partition, long offset) {
        append(new ConsumerRecord<>(
                partition.topic(), partition.partition(), offset, "key".getBytes(UTF_8), "value".getBytes(UTF_8)));
    }

    /** Has these records at the next poll. */
    public void append(Iterable<ConsumerRecord<byte[], byte[]>> entries) {
        schedulePollTask(() -> entries.forEach(this::addRecord));
    }

    public void append(ConsumerRecord<byte[], byte[]> entry) {
        append(List.of(entry));
    }

    /** Lets so many commits fail. */
    public void failCommits(int count) {
        commitsToFail.set(count);
    }

    /** Lets the next commit that is waited for be interrupted by a wake-up that no poll has seen. */
    public void wakeUpNextCommit() {
        commitsToWakeUp.set(1);
    }

    /** Until where the partition is committed; -1 if it is not. */
    public long committedOffset(TopicPartition partition) {
        OffsetAndMetadata at = acknowledged.get(partition);
        return at == null ? -1 : at.offset();
    }

    /** What was committed beside the partition's offset. */
    public String committedMetadata(TopicPartition partition) {
        OffsetAndMetadata at = acknowledged.get(partition);
        return at == null ? "" : at.metadata();
    }

    /** How long the polls so far were to wait at most. */
    public List<Duration> polls() {
        return new ArrayList<>(polls);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        polls.add(timeout);
        ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
        if (records.isEmpty()) {
            LockSupport.parkNanos(Math.min(timeout.toNanos(), 1_000_000)); // the real one waits
        }
        return records;
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
        if (commitsToFail.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            if (callback != null) {
                callback.onComplete(offsets, new CommitFailedException("not now"));
            }
        } else {
            acknowledged.putAll(offsets);
            super.commitAsync(offsets, callback);
        }
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        if (commitsToWakeUp.getAndSet(0) > 0) {
            throw new WakeupException();
        }
        acknowledged.putAll(offsets);
        super.commitSync(offsets, timeout);
    }
}
