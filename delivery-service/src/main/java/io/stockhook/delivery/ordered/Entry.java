package io.stockhook.delivery.ordered;

import io.stockhook.delivery.stream.Worker;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One delivery in its place of an order. Confined to one event loop. */
final class Entry {

    private final long offset;
    private final String key;
    private final Instant since;
    private final boolean isStored;
    private final Worker.@Nullable Work work;
    private DeliveryTask task;
    /** Whether the backlog has it in another state than it is in. */
    boolean isChanged;
    /** Whether its key is kept from others until it is written. */
    boolean holdsKey;
    /** Whether handing its partition over waits for it. */
    boolean isAwaited;

    private Entry(
            long offset, String key, DeliveryTask task, Instant since, boolean isStored, Worker.@Nullable Work work) {
        this.offset = offset;
        this.key = key;
        this.task = task;
        this.since = since;
        this.isStored = isStored;
        this.work = work;
    }

    /**
     * One that has been read from its topic.
     *
     * @param work its record; null where there is none to acknowledge
     */
    static Entry arrived(long offset, String key, DeliveryTask task, Instant now, Worker.@Nullable Work work) {
        return new Entry(offset, key, task, now, false, work);
    }

    /** One that has been read from the backlog. */
    static Entry stored(long offset, String key, DeliveryTask task) {
        return new Entry(offset, key, task, Instant.EPOCH, true, null);
    }

    /** Its place: that of its record in the partition. */
    long offset() {
        return offset;
    }

    /** What it shares with those that it has an order with; empty for none. */
    String key() {
        return key;
    }

    DeliveryTask task() {
        return task;
    }

    /** Since when it waits in memory. */
    Instant since() {
        return since;
    }

    /** Whether it is in the backlog; else its record is not acknowledged. */
    boolean isStored() {
        return isStored;
    }

    Worker.@Nullable Work work() {
        return work;
    }

    int bytes() {
        return task.data().length;
    }

    /** Takes another state, as for its next attempt. */
    void become(DeliveryTask next) {
        task = next;
        isChanged = true;
    }
}
