package io.stockhook.delivery.stream;

import io.stockhook.events.delivery.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The loop of what only moves records: consume, transform, produce, wait for every acknowledgement, commit. At least once: a step
 * that fails is repeated from the last committed offset. A record that cannot be read is set aside as a dead letter.
 */
public final class Mover implements Loop {

    private static final Logger LOG = Logger.getLogger(Mover.class);
    private static final Duration POLL = Duration.ofMillis(500);

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
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Producer<byte[], byte[]> producer;
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
     * @param producer where to; may block
     * @param retryInterval how long it waits before it repeats a failed step
     */
    public Mover(
            String name,
            Collection<String> topics,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Producer<byte[], byte[]> producer,
            Step step,
            Duration retryInterval,
            Clock clock) {
        this.name = name;
        this.topics = List.copyOf(topics);
        this.consumers = consumers;
        this.producer = producer;
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
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.subscribe(topics, thread.assignmentWatcher());
            while (thread.isRunning()) {
                ConsumerRecords<byte[], byte[]> records = thread.poll(consumer, POLL);
                if (!records.isEmpty()) {
                    moveAll(consumer, records);
                }
            }
        }
    }

    private void moveAll(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        List<Future<RecordMetadata>> sends = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
        boolean isComplete = true;
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> source : records.records(partition)) {
                try {
                    move(source, sends);
                } catch (NotYetException e) {
                    LOG.debugf("%s waits: %s", name, e.getMessage());
                    consumer.seek(partition, source.offset());
                    isComplete = false;
                    break;
                }
                moved.put(partition, new OffsetAndMetadata(source.offset() + 1));
            }
        }
        sends.forEach(thread::await);
        consumer.commitAsync(moved, (offsets, error) -> {
            if (error != null) {
                LOG.warnf("%s could not commit, the next commit covers it: %s", name, error.getMessage());
            }
        });
        if (!isComplete) {
            thread.pause(retryInterval.dividedBy(10));
        }
    }

    private void move(ConsumerRecord<byte[], byte[]> source, List<Future<RecordMetadata>> sends) {
        try {
            step.move(source, target -> sends.add(producer.send(target)));
        } catch (NotYetException | KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            // Malformed, or something that the step does not expect: either way the next record must not wait for it.
            LOG.warnf(
                    e,
                    "set aside a record that cannot be moved: topic=%s partition=%d offset=%d",
                    source.topic(),
                    source.partition(),
                    source.offset());
            sends.add(producer.send(DeadLetter.of(source, String.valueOf(e.getMessage()), clock.instant())));
        }
    }
}
