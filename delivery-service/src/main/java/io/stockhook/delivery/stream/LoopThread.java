package io.stockhook.delivery.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a {@link Loop}: runs its body, begins it anew after an error, and ends it when told to. What the body waits for on the
 * broker it waits for here, so that a loop counts as alive however long the broker is away.
 */
public final class LoopThread {

    /** For how long a loop lets one question to the broker go unanswered before it begins anew. */
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(LoopThread.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final Runnable body;
    private final Duration retryInterval;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<?, ?> current;
    private volatile boolean isAssigned;
    private volatile Instant lastAlive = Instant.now();

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
        return new Loop.Status(name, isAssigned, lastAlive);
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

    /** Notes that the body is at work. */
    public void alive() {
        lastAlive = Instant.now();
    }

    /** Polls; empty when it was woken up to stop. */
    public ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration atMost) {
        current = consumer;
        alive();
        try {
            return isRunning() ? consumer.poll(atMost) : ConsumerRecords.empty();
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        }
    }

    /**
     * Hands a record to the producer, however long that has no room for it or does not know the topic's leader.
     *
     * @return the broker's acknowledgement, for {@link #await}
     * @throws RecordTooLargeException if it will never be taken
     * @throws KafkaException if the producer is broken, or the loop is told to stop before it takes the record
     */
    public Future<RecordMetadata> send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> target) {
        while (true) {
            Future<RecordMetadata> sent = producer.send(target);
            alive();
            Throwable refusal = refusal(sent);
            if (refusal instanceof RecordTooLargeException tooLarge) {
                throw tooLarge;
            }
            // Only a record that was not taken times out: the producer never gives up one that it has.
            if (!(refusal instanceof org.apache.kafka.common.errors.TimeoutException)) {
                return sent;
            }
            if (!isRunning()) {
                throw new KafkaException("told to stop before the producer took a record", refusal);
            }
        }
    }

    /**
     * Waits until the broker has acknowledged a record, however long it is away.
     *
     * @throws KafkaException if the record was refused, or the loop is told to stop before the broker answers
     */
    public void await(Future<RecordMetadata> acknowledgement) {
        while (true) {
            try {
                acknowledgement.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                alive();
                return;
            } catch (TimeoutException e) {
                alive();
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

    private static @Nullable Throwable refusal(Future<RecordMetadata> sent) {
        if (!sent.isDone()) {
            return null;
        }
        try {
            sent.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void run() {
        while (isRunning()) {
            try {
                body.run();
            } catch (RuntimeException e) {
                if (isRunning()) {
                    LOG.errorf(e, "%s failed and begins again in %s", name, retryInterval);
                    pause();
                } else {
                    LOG.infof("%s ended before all that it had in hand: %s", name, e.getMessage());
                }
            } finally {
                current = null;
                isAssigned = false;
            }
        }
    }

    private void pause() {
        try {
            boolean unused = stopping.await(retryInterval.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
