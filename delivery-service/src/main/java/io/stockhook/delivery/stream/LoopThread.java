package io.stockhook.delivery.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The thread of a {@link Loop}: runs its body, begins it anew after an error, and ends it when told to. */
public final class LoopThread {

    private static final Logger LOG = Logger.getLogger(LoopThread.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final Runnable body;
    private final Duration retryInterval;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<?, ?> current;
    private volatile boolean isAssigned;
    private volatile Instant lastPoll = Instant.now();

    /** @param body consumes until {@link #isRunning} says no; what it throws is logged and it is run again */
    public LoopThread(String name, Runnable body, Duration retryInterval) {
        this.name = name;
        this.body = body;
        this.retryInterval = retryInterval;
        this.thread = new Thread(this::run, name);
    }

    /** Begins to run the body. */
    public void start() {
        thread.start();
    }

    /** False once it has been told to stop. */
    public boolean isRunning() {
        return stopping.getCount() > 0;
    }

    /** How the loop is. */
    public Loop.Status status() {
        return new Loop.Status(name, isAssigned, lastPoll);
    }

    /** Tells the body to end and waits for it. */
    public void stop(Duration atMost) {
        stopping.countDown();
        Consumer<?, ?> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warnf("%s did not end within %s", name, atMost);
        }
    }

    /** Polls and notes that it did; empty when it was woken up to stop. */
    public ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration atMost) {
        current = consumer;
        lastPoll = Instant.now();
        try {
            return isRunning() ? consumer.poll(atMost) : ConsumerRecords.empty();
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        }
    }

    /** Waits, but no longer than until it is told to stop. */
    public void pause(Duration atMost) {
        try {
            boolean unused = stopping.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the broker has acknowledged a record, however long it is away, and counts as alive meanwhile.
     *
     * @throws KafkaException if the record was refused, or the loop is told to stop before the broker answers
     */
    public void await(Future<RecordMetadata> acknowledgement) {
        while (true) {
            try {
                acknowledgement.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                lastPoll = Instant.now();
                if (!isRunning()) {
                    throw new KafkaException("told to stop before the broker answered", e);
                }
            } catch (ExecutionException e) {
                throw new KafkaException("a record was not acknowledged", e.getCause());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    /** Notes that the group has given out its partitions. */
    public void assigned() {
        isAssigned = true;
    }

    /** A listener for loops that have nothing else to do when partitions come and go. */
    public ConsumerRebalanceListener assignmentWatcher() {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                assigned();
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // Nothing of theirs is under way between two polls.
            }
        };
    }

    private void run() {
        while (isRunning()) {
            try {
                body.run();
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s failed and begins again in %s", name, retryInterval);
                pause(retryInterval);
            } finally {
                current = null;
                isAssigned = false;
            }
        }
    }
}
