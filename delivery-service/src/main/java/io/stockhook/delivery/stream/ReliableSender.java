package io.stockhook.delivery.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Produces without ever blocking its caller and without giving up: a send that the producer refuses, because its buffer is full or a
 * topic's leader is unknown, is repeated until it is acknowledged, and a producer that is broken for good is replaced. What led to the
 * record is never repeated for it. Thread-safe.
 */
public final class ReliableSender implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ReliableSender.class);
    private static final Duration FIRST_REPEAT = Duration.ofMillis(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    /** For how long a refusal that may pass is not worth a line. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration COMPLAIN_EVERY = Duration.ofSeconds(30);

    private final Supplier<? extends Producer<byte[], byte[]>> producers;
    private final Duration retryInterval;
    private final ScheduledExecutorService repeats;
    private final Set<Sending> refused = ConcurrentHashMap.newKeySet();
    private final AtomicLong complainAtNanos = new AtomicLong(System.nanoTime());
    private volatile Producer<byte[], byte[]> producer;
    private volatile boolean isClosed;

    /** A record on its way. Its fields are changed by one thread after the other. */
    private static final class Sending {
        private final ProducerRecord<byte[], byte[]> target;
        private final Runnable acknowledged;
        private long refusedNanos;
        private Duration pause = FIRST_REPEAT;

        Sending(ProducerRecord<byte[], byte[]> target, Runnable acknowledged) {
            this.target = target;
            this.acknowledged = acknowledged;
        }

        /** A producer stamps headers read-only once it has taken a record, so each try is a record of its own. */
        ProducerRecord<byte[], byte[]> copy() {
            return new ProducerRecord<>(target.topic(), null, target.key(), target.value(), target.headers());
        }
    }

    /**
     * A sender with a producer.
     *
     * @param producers makes its producer, with a {@code max.block.ms} of zero, anew after an error that costs the old one
     * @param retryInterval the longest pause before a send is repeated; the first is of some 10 ms
     * @throws KafkaException if there can be no producer
     */
    public ReliableSender(Supplier<? extends Producer<byte[], byte[]>> producers, Duration retryInterval) {
        this.producers = producers;
        this.retryInterval = retryInterval;
        this.producer = producers.get();
        this.repeats = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "repeated-sends");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Lets the producer learn where the topics are, without which it refuses the first record of each. Blocks.
     *
     * @throws TimeoutException if it has not learned so in time
     */
    public void prepare(Collection<String> topics, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (String topic : topics) {
            while (!isKnown(topic)) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("the broker does not say where topic " + topic + " is");
                }
                Thread.sleep(FIRST_REPEAT.toMillis());
            }
        }
    }

    /**
     * Produces a record.
     *
     * @param acknowledged called once, when the broker has it
     */
    public void send(ProducerRecord<byte[], byte[]> target, Runnable acknowledged) {
        attempt(new Sending(target, acknowledged), target);
    }

    /** For how long the oldest record that was refused has been repeated; zero if none is. */
    public Duration oldestRefusal() {
        long now = System.nanoTime();
        long oldest = refused.stream()
                .mapToLong(sending -> now - sending.refusedNanos)
                .max()
                .orElse(0);
        return Duration.ofNanos(Math.max(0, oldest));
    }

    /** Sends what is buffered, within bounds, and repeats nothing any more. */
    @Override
    public void close() {
        isClosed = true;
        repeats.shutdownNow();
        producer.close(CLOSE_TIMEOUT);
    }

    private boolean isKnown(String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (TimeoutException e) {
            return false; // it has asked for it and does not wait
        }
    }

    private void attempt(Sending sending, ProducerRecord<byte[], byte[]> target) {
        Producer<byte[], byte[]> used = producer;
        try {
            used.send(target, (metadata, error) -> {
                if (error == null) {
                    refused.remove(sending);
                    sending.acknowledged.run();
                } else {
                    repeat(sending, error, null);
                }
            });
        } catch (RuntimeException e) {
            // What may pass comes back by the callback: what is thrown means that this producer will never take a
            // record again.
            repeat(sending, e, used);
        }
    }

    private void repeat(Sending sending, Exception error, @Nullable Producer<byte[], byte[]> broken) {
        long now = System.nanoTime();
        if (!refused.contains(sending)) {
            sending.refusedNanos = now;
            refused.add(sending);
        }
        complain(sending, error, now);
        long pauseMs = sending.pause.toMillis() + ThreadLocalRandom.current().nextLong(FIRST_REPEAT.toMillis());
        Duration doubled = sending.pause.multipliedBy(2);
        sending.pause = doubled.compareTo(retryInterval) < 0 ? doubled : retryInterval;
        try {
            repeats.schedule(
                    () -> {
                        try {
                            replace(broken);
                            attempt(sending, sending.copy());
                        } catch (RuntimeException e) {
                            repeat(sending, e, broken);
                        }
                    },
                    pauseMs,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf(
                    "stopped before a record for %s was taken; the next owner of its task repeats it",
                    sending.target.topic());
        }
    }

    /** Only on the thread of the repeats. */
    private void replace(@Nullable Producer<byte[], byte[]> broken) {
        if (broken != null && broken == producer && !isClosed) {
            producer = producers.get();
            broken.close(Duration.ZERO);
            LOG.warn("a producer that would take no more records was replaced");
        }
    }

    private void complain(Sending sending, Exception error, long now) {
        boolean mayPass = error instanceof RetriableException && now - sending.refusedNanos < PATIENCE.toNanos();
        long due = complainAtNanos.get();
        if (!mayPass && now - due >= 0 && complainAtNanos.compareAndSet(due, now + COMPLAIN_EVERY.toNanos())) {
            LOG.warnf(
                    "a record is refused and repeated until it is taken: topic=%s for_ms=%d repeated=%d why=%s",
                    sending.target.topic(),
                    TimeUnit.NANOSECONDS.toMillis(now - sending.refusedNanos),
                    refused.size(),
                    error);
        } else {
            LOG.debugf("repeats a send: topic=%s why=%s", sending.target.topic(), error.getMessage());
        }
    }
}
