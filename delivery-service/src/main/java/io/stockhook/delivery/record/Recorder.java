package io.stockhook.delivery.record;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * The channels that the log is written from. A batch is acknowledged when its method returns, which is after it has been
 * committed; the methods throw nothing but at shut-down, where the batch is left for the next start.
 */
@ApplicationScoped
public class Recorder {

    static final String ATTEMPTS = "recorder-attempts";
    static final String DEAD_LETTERS = "recorder-dead-letters";
    static final String EVENTS = "recorder-events";

    private final BatchRecorder<AttemptTable.Row> attempts;
    private final BatchRecorder<DeadLetterTable.GivenUp> deadLetters;
    private final BatchRecorder<EventTable.Row> events;

    Recorder(
            LogSchema schema,
            LogPartitions partitions,
            LogTransactions transactions,
            RecorderMetrics metrics,
            RecordConfig config) {
        this.attempts = new BatchRecorder<>(
                ATTEMPTS,
                new AttemptTable(),
                schema,
                partitions,
                transactions,
                metrics,
                config,
                metrics::attemptsWritten);
        this.deadLetters = new BatchRecorder<>(
                DEAD_LETTERS, new DeadLetterTable(), schema, partitions, transactions, metrics, config, count -> {});
        this.events = new BatchRecorder<>(
                EVENTS, new EventTable(), schema, partitions, transactions, metrics, config, count -> {});
    }

    @Incoming(ATTEMPTS)
    @Blocking
    void attempts(ConsumerRecords<byte[], byte[]> batch) {
        attempts.record(batch);
    }

    @Incoming(DEAD_LETTERS)
    @Blocking
    void deadLetters(ConsumerRecords<byte[], byte[]> batch) {
        deadLetters.record(batch);
    }

    @Incoming(EVENTS)
    @Blocking
    void events(ConsumerRecords<byte[], byte[]> batch) {
        events.record(batch);
    }

    void stop(@Observes ShutdownEvent event) {
        attempts.stop();
        deadLetters.stop();
        events.stop();
    }
}
