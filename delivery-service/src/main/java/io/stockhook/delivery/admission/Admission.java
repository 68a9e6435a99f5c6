package io.stockhook.delivery.admission;

import java.time.Duration;
import java.time.Instant;

/** Decides whether a task may go now. Pure. */
final class Admission {

    /** The shortest time for which a task is put off; less is not worth a trip through the wheel. */
    static final Duration SHORTEST_DEFERRAL = Duration.ofSeconds(1);
    /** For how long a task is put off at most, the first time; twice as long each time after. */
    private static final Duration FIRST_LIMIT = Duration.ofSeconds(15);
    /** The longest time for which a task is put off because of an open circuit. */
    private static final Duration LONGEST_HOLD_UP = Duration.ofMinutes(10);
    /** By so much either way a return to an open circuit is spread, as a share of the wait. */
    private static final double HOLD_UP_SPREAD = 0.25;

    private static final int MOST_DOUBLINGS = 12;
    /** How much longer than a new task's a returned task's expected wait may be: it has waited for its slot already. */
    private static final int PATIENCE_WITH_RETURNED = 4;

    /** What may happen with a task. */
    sealed interface Verdict {}

    /** It may be attempted at once. */
    record Go() implements Verdict {}

    /** It waits in memory for its turn. */
    record Queue() implements Verdict {}

    /**
     * It goes to the wheel.
     *
     * @param until when it comes back
     * @param isReserved whether that is for a slot of its own; else it asks again
     */
    record Defer(Instant until, boolean isReserved) implements Verdict {}

    private static final Go GO = new Go();
    private static final Queue QUEUE = new Queue();

    private Admission() {}

    /**
     * What an endpoint's owner knows of it.
     *
     * @param inFlight attempts under way
     * @param cap how many may be
     * @param queued tasks that wait in memory
     * @param latencyMicros how long an attempt takes of late, in microseconds; 0 while none has ended or grown old, when tasks queue until
     *     it is known
     * @param reservedUntil the latest slot that has been given to a deferred task
     */
    record Load(int inFlight, int cap, int queued, long latencyMicros, Instant reservedUntil) {

        /** How long the queue takes to reach a task that joins it now. */
        Duration expectedWait() {
            return Duration.ofNanos((queued + 1L) * latencyMicros * 1_000 / cap);
        }

        /** How far apart slots are given away: a little more than one is taken for, so that a queue which has formed can clear. */
        Duration slot() {
            return Duration.ofNanos(latencyMicros * 1_100 / cap);
        }
    }

    /**
     * The verdict on one task.
     *
     * <p>A deferral reserves the next free slot of the endpoint's schedule, its cap over its measured latency, and a task that comes back for
     * its slot may queue for longer than a new one. A slot that is too far ahead is not reserved, for the schedule rests on how the endpoint
     * is now: the task asks again, after twice as long each time. So a backlog that takes n seconds costs each task about log2(n) hops, and
     * an endpoint that recovers gets what waits for it before that has waited twice as long.
     *
     * @param isHeldBack whether attempts as slow as this endpoint's have all the slots that they may have
     * @param deferrals how often the task has been put off already
     */
    static Verdict decide(Load load, boolean isHeldBack, int deferrals, AdmissionConfig config, Instant now) {
        if (!isHeldBack && load.inFlight() < load.cap() && load.queued() == 0) {
            return GO;
        }
        boolean mayQueue = deferrals > 0
                ? !isOverfull(load, config)
                : !isHeldBack && load.expectedWait().compareTo(config.maxQueueWait()) <= 0;
        return mayQueue ? QUEUE : defer(load, deferrals, config, now);
    }

    /** Whether the last in the queue would wait for so long that memory is the wrong place for it. */
    static boolean isOverfull(Load load, AdmissionConfig config) {
        return load.queued() > 0 && load.expectedWait().compareTo(longestWait(config)) > 0;
    }

    /** Puts a task off: until the slot after those that are given away, and until what waits in memory is gone. */
    static Defer defer(Load load, int deferrals, AdmissionConfig config, Instant now) {
        Duration queueEmpty = shorter(load.expectedWait(), longestWait(config));
        Instant earliest = now.plus(queueEmpty.compareTo(SHORTEST_DEFERRAL) > 0 ? queueEmpty : SHORTEST_DEFERRAL);
        Instant afterReserved = load.reservedUntil().plus(load.slot());
        Instant slot = afterReserved.isAfter(earliest) ? afterReserved : earliest;
        Instant limit = now.plus(FIRST_LIMIT.multipliedBy(1L << Math.min(deferrals, MOST_DOUBLINGS)));
        return slot.isAfter(limit) ? new Defer(limit, false) : new Defer(slot, true);
    }

    /**
     * When a task comes back whose endpoint's circuit is open: after as long as circuits stay open, twice as long each further time, ten
     * minutes at most, spread by a hash of the delivery so that they do not all come at once.
     *
     * @param openFor how long the circuit stays open
     * @param deferrals how often the task has been put off already
     */
    static Instant afterOpenCircuit(Duration openFor, String deliveryId, int deferrals, Instant now) {
        Duration doubled = openFor.multipliedBy(1L << Math.min(deferrals, MOST_DOUBLINGS));
        Duration wait = shorter(doubled, LONGEST_HOLD_UP);
        int hash = (deliveryId.hashCode() * 31 + deferrals) * 0x9E3779B9;
        double spread = (hash >>> 8) / (double) (1 << 24) * 2 - 1;
        return now.plusMillis(
                Math.max(SHORTEST_DEFERRAL.toMillis(), Math.round(wait.toMillis() * (1 + HOLD_UP_SPREAD * spread))));
    }

    private static Duration longestWait(AdmissionConfig config) {
        return config.maxQueueWait().multipliedBy(PATIENCE_WITH_RETURNED);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
