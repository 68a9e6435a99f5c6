package io.stockhook.delivery.wheel;

import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts a task where it waits for its due time. Pure. */
public final class Schedule {

    private final DelayLadder ladder;
    private final ToIntFunction<String> parallelism;

    /**
     * A schedule.
     *
     * @param ladder the tiers there are
     * @param parallelism how many owners an endpoint has, by its id
     */
    public Schedule(DelayLadder ladder, ToIntFunction<String> parallelism) {
        this.ladder = ladder;
        this.parallelism = parallelism;
    }

    /** The record that brings the task back when it is due: on the tasks topic at once if it is, else in a tier. */
    public ProducerRecord<byte[], byte[]> recordOf(DeliveryTask task, Instant now) {
        Duration remaining = Duration.between(now, task.due());
        String topic = remaining.isZero() || remaining.isNegative()
                ? Topics.TASKS
                : ladder.tierFor(remaining).orElse(ladder.shortest()).topic();
        return task.toRecord(topic, parallelism.applyAsInt(task.endpointId()));
    }
}
