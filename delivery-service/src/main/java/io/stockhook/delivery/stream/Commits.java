package io.stockhook.delivery.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The commits of one consumer. What is to be committed is kept until the broker has acknowledged it, so that a commit that fails is
 * made again although nothing new is done. Only for the consumer's own thread.
 */
public final class Commits {

    private static final Logger LOG = Logger.getLogger(Commits.class);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(100);
    private static final Duration HAND_OVER_TIMEOUT = Duration.ofSeconds(2);

    private final String name;
    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> pending = new HashMap<>();
    private boolean isUnderWay;
    private boolean isFailing;
    private long failedNanos;

    /** @param name of the loop, in the logs */
    public Commits(String name, Consumer<?, ?> consumer) {
        this.name = name;
        this.consumer = consumer;
    }

    /** Notes what is to be committed next; takes the place of what was noted before. */
    public void put(TopicPartition partition, OffsetAndMetadata offset) {
        pending.put(partition, offset);
    }

    /** Commits in the background what is noted and not acknowledged. To be called at every turn of the loop, be it idle. */
    public void flush() {
        boolean isTooSoon = isFailing && System.nanoTime() - failedNanos < AGAIN_AFTER.toNanos();
        if (!pending.isEmpty() && !isUnderWay && !isTooSoon) {
            isUnderWay = true;
            consumer.commitAsync(Map.copyOf(pending), this::answered);
        }
    }

    /** Commits what is noted of partitions that are handed over in good order, waits for it for a bounded time, and forgets them. */
    public void handOver(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(pending);
        offsets.keySet().retainAll(partitions);
        if (!offsets.isEmpty()) {
            try {
                commit(offsets);
            } catch (KafkaException e) {
                LOG.warnf("%s could not commit on handing over, the next owner repeats some: %s", name, e.getMessage());
            }
        }
        forget(partitions);
    }

    /** Forgets what was noted of partitions that are not ours any more. */
    public void forget(Collection<TopicPartition> partitions) {
        pending.keySet().removeAll(partitions);
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, HAND_OVER_TIMEOUT);
        } catch (WakeupException e) {
            // Meant for the poll, to tell of the stop that has led here. It is used up now.
            consumer.commitSync(offsets, HAND_OVER_TIMEOUT);
        }
    }

    private void answered(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception error) {
        isUnderWay = false;
        if (error == null) {
            isFailing = false;
            offsets.forEach(pending::remove);
            flush();
        } else {
            if (!isFailing) {
                LOG.warnf("%s could not commit and tries again: %s", name, error.getMessage());
            }
            isFailing = true;
            failedNanos = System.nanoTime();
        }
    }
}
