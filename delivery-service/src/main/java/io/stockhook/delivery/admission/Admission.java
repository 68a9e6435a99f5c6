package io.stockhook.delivery.admission;

import java.time.Duration;
import java.time.Instant;

/** Decides whether a task may go now. Pure. */
final class Admission {

    /** The shortest time for which a task is put off; less is not worth a trip through the wheel. */
    private static final Duration SHORTEST_DEFERRAL = Duration.ofSeconds(1);

    /** What may happen with a task. */
    sealed interface Verdict {}

    /** It may be attempted at once. */
    record Go() implements Verdict {}

    /** It waits in memory for its turn. */
    record Queue() implements Verdict {}

    /** It goes to the wheel and comes back for the slot that is reserved for it. */
    record Defer(Instant slot) implements Verdict {}

    private static final Go GO = new Go();
    private static final Queue QUEUE = new Queue();

    private Admission() {}

    /**
     * What an endpoint's owner knows of it.
     *
     * @param inFlight attempts under way
     * @param cap how many may be
     * @param queued tasks that wait in memory
     * @param latencyMicros how long an attempt takes of late, in microseconds
     * @param reservedUntil the latest slot that has been given to a deferred task
     */
    record Load(int inFlight, int cap, int queued, long latencyMicros, Instant reservedUntil) {

        /** How long the queue takes to reach a task that joins it now. */
        Duration expectedWait() {
            return Duration.ofNanos((queued + 1L) * latencyMicros * 1_000 / cap);
        }

        /** How long one slot is taken on average. */
        Duration slot() {
            return Duration.ofNanos(latencyMicros * 1_000 / cap);
        }
    }

    /**
     * The verdict on one task.
     *
     * <p>A deferral reserves the next free slot of the endpoint's schedule, its cap over its measured latency. A task that comes back for
     * its slot queues whatever the expected wait, so that a backlog of any size costs each task a bounded number of hops.
     *
     * @param cameBack whether the task has been put off before
     */
    static Verdict decide(Load load, boolean cameBack, AdmissionConfig config, Instant now) {
        if (load.inFlight() < load.cap() && load.queued() == 0) {
            return GO;
        }
        boolean hasRoom = load.queued() < config.maxQueue();
        if (hasRoom && (cameBack || load.expectedWait().compareTo(config.maxQueueWait()) <= 0)) {
            return QUEUE;
        }
        Instant earliest = now.plus(longer(SHORTEST_DEFERRAL, load.expectedWait()));
        Instant afterReserved = load.reservedUntil().plus(load.slot());
        return new Defer(afterReserved.isAfter(earliest) ? afterReserved : earliest);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
