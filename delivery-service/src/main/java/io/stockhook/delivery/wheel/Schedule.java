package io.stockhook.delivery.wheel;

import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts a task where it waits for its due time. Pure. */
public final class Schedule {

    private final DelayLadder ladder;

    /** @param ladder the tiers there are */
    public Schedule(DelayLadder ladder) {
        this.ladder = ladder;
    }

    /** The record that brings the task back when it is due: on the tasks topic at once if it is, else in a tier. */
    public ProducerRecord<byte[], byte[]> recordOf(DeliveryTask task, Instant now) {
        Duration remaining = Duration.between(now, task.due());
        String topic = remaining.isZero() || remaining.isNegative()
                ? Topics.TASKS
                : ladder.tierFor(remaining).orElse(ladder.shortest()).topic();
        return task.toRecord(topic);
    }
}
