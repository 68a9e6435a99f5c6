package io.stockhook.delivery.stream;

import io.stockhook.events.delivery.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/**
 * The loop of what only moves records: consume, transform, produce, wait for every acknowledgement, commit. At least once: a step
 * that fails is repeated from the last committed offset. A record that cannot be read is set aside as a dead letter.
 */
public final class Mover implements Loop {

    /** How many records are sent before their acknowledgements are awaited and the loop polls again. */
    static final int MAX_SENDS = 10_000;

    private static final Logger LOG = Logger.getLogger(Mover.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** What becomes of a record. */
    @FunctionalInterface
    public interface Step {

        /**
         * Puts the records that this one becomes, none or many, into the sink; only once it knows all of them.
         *
         * @throws RuntimeException if it cannot be read; it is set aside with its bytes
         * @throws NotYetException if it cannot be moved yet; it is tried again shortly
         */
        void move(ConsumerRecord<byte[], byte[]> source, RecordSink sink);
    }

    /** Something that a step rests on is not there yet. */
    public static final class NotYetException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param message what is missing */
        public NotYetException(String message) {
            super(message, null, false, false);
        }
    }

    private final String name;
    private final Collection<String> topics;
    private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
    private final Supplier<? extends Producer<byte[], byte[]>> producers;
    private final Step step;
    private final Duration retryInterval;
    private final Clock clock;
    private final LoopThread thread;

    /**
     * A mover that is not started yet.
     *
     * @param name of its thread and in the logs
     * @param topics what it consumes
     * @param consumers makes its consumer, anew after an error that costs the old one
     * @param producers makes its producer, likewise; may block
     * @param retryInterval how long it waits before it begins anew after an error; a tenth of it before a step that could not be made
     *     yet
     */
    public Mover(
            String name,
            Collection<String> topics,
            Supplier<? extends Consumer<byte[], byte[]>> consumers,
            Supplier<? extends Producer<byte[], byte[]>> producers,
            Step step,
            Duration retryInterval,
            Clock clock) {
        this.name = name;
        this.topics = List.copyOf(topics);
        this.consumers = consumers;
        this.producers = producers;
        this.step = step;
        this.retryInterval = retryInterval;
        this.clock = clock;
        this.thread = new LoopThread(name, this::run, retryInterval);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop(Duration atMost) {
        thread.stop(atMost);
    }

    @Override
    public Status status() {
        return thread.status();
    }

    private void run() {
        Producer<byte[], byte[]> producer = producers.get();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            new Session(consumer, producer).run();
        } finally {
            producer.close(CLOSE_TIMEOUT);
        }
    }

    /** What lasts from one error to the next. */
    private final class Session implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;
        private final Producer<byte[], byte[]> producer;
        private final Commits commits;
        /** What was polled and is not moved yet, in order. Those partitions are paused, so it is one poll of each at most. */
        private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> held = new LinkedHashMap<>();

        private final List<Future<RecordMetadata>> sends = new ArrayList<>();
        /** Where what was moved ends; for the commit once {@link #sends} are acknowledged. */
        private final Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();

        private boolean isPassFull;
        private boolean isWaiting;

        Session(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
            this.consumer = consumer;
            this.producer = producer;
            this.commits = new Commits(name, consumer);
        }

        void run() {
            consumer.subscribe(topics, this);
            while (thread.isRunning()) {
                pauseWhatIsHeld();
                hold(thread.poll(consumer, pollTimeout()));
                moveHeld();
                commits.flush();
            }
            commits.handOver(consumer.assignment());
        }

        /** Decided anew before each poll, because a rebalance forgets what was paused. */
        private void pauseWhatIsHeld() {
            List<TopicPartition> open = new ArrayList<>(consumer.assignment());
            open.removeAll(held.keySet());
            consumer.pause(held.keySet());
            consumer.resume(open);
        }

        private Duration pollTimeout() {
            if (held.isEmpty()) {
                return POLL;
            }
            return isWaiting ? retryInterval.dividedBy(10) : Duration.ZERO;
        }

        private void hold(ConsumerRecords<byte[], byte[]> records) {
            for (TopicPartition partition : records.partitions()) {
                held.computeIfAbsent(partition, unused -> new ArrayDeque<>()).addAll(records.records(partition));
            }
        }

        private void moveHeld() {
            isPassFull = false;
            isWaiting = false;
            Iterator<Map.Entry<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>>> partitions =
                    held.entrySet().iterator();
            while (partitions.hasNext() && !isPassFull) {
                var partition = partitions.next();
                moveAll(partition.getKey(), partition.getValue());
                if (partition.getValue().isEmpty()) {
                    partitions.remove();
                }
            }
            acknowledge();
        }

        private void moveAll(TopicPartition partition, Deque<ConsumerRecord<byte[], byte[]>> sources) {
            for (var source = sources.peek(); source != null && !isPassFull; source = sources.peek()) {
                try {
                    move(source);
                } catch (NotYetException e) {
                    LOG.debugf("%s waits: %s", name, e.getMessage());
                    isWaiting = true;
                    return;
                }
                sources.remove();
                moved.put(partition, new OffsetAndMetadata(source.offset() + 1));
            }
        }

        private void move(ConsumerRecord<byte[], byte[]> source) {
            try {
                step.move(source, this::send);
            } catch (RecordTooLargeException e) {
                setAside(source, e);
            } catch (NotYetException | KafkaException e) {
                throw e;
            } catch (RuntimeException e) {
                // Malformed, or something that the step does not expect: either way the next record must not wait for
                // it.
                setAside(source, e);
            }
        }

        private void setAside(ConsumerRecord<byte[], byte[]> source, RuntimeException why) {
            LOG.warnf(
                    why,
                    "set aside a record that cannot be moved: topic=%s partition=%d offset=%d",
                    source.topic(),
                    source.partition(),
                    source.offset());
            send(DeadLetter.of(source, String.valueOf(why.getMessage()), clock.instant()));
        }

        private void send(ProducerRecord<byte[], byte[]> target) {
            sends.add(thread.send(producer, target));
            if (sends.size() >= MAX_SENDS) {
                isPassFull = true;
                acknowledge();
                commits.flush();
            }
        }

        /** Waits for what was sent; what was moved wholly until then is to be committed. */
        private void acknowledge() {
            sends.forEach(thread::await);
            sends.clear();
            moved.forEach(commits::put);
            moved.clear();
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            thread.assigned();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            held.keySet().removeAll(revoked);
            commits.handOver(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            held.keySet().removeAll(lost);
            commits.forget(lost);
        }
    }
}
