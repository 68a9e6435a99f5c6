package io.stockhook.delivery.admission;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tasks that wait in memory for a slot less than a second ahead, in the order of their slots. Confined to one event loop.
 *
 * @param <T> what waits
 */
public final class PacedTasks<T> {

    private static final long NOT_ARMED = Long.MAX_VALUE;

    /** Lets something be done on the event loop after a time. */
    @FunctionalInterface
    public interface Timers {

        /** Runs it once, in so many milliseconds, at least 1. */
        void after(long milliseconds, Runnable what);
    }

    private record Paced<T>(long slotNanos, T task) {}

    private final PriorityQueue<Paced<T>> waiting = new PriorityQueue<>(Comparator.comparingLong(Paced::slotNanos));
    private final Timers timers;
    private final Consumer<T> release;
    private long armedNanos = NOT_ARMED;

    /** @param release takes a task when its slot has come */
    public PacedTasks(Timers timers, Consumer<T> release) {
        this.timers = timers;
        this.release = release;
    }

    /** Lets a task wait until then, in the time of {@link System#nanoTime}. */
    public void add(long slotNanos, T task) {
        waiting.add(new Paced<>(slotNanos, task));
        arm();
    }

    /** Takes those out for which this holds, and says how many they were. */
    public int removeIf(Predicate<T> isOut) {
        int before = waiting.size();
        waiting.removeIf(paced -> isOut.test(paced.task()));
        return before - waiting.size();
    }

    private void arm() {
        Paced<T> next = waiting.peek();
        if (next != null && next.slotNanos() < armedNanos) {
            armedNanos = next.slotNanos();
            long millis = Math.max(1, (next.slotNanos() - System.nanoTime() + 999_999) / 1_000_000);
            timers.after(millis, this::releaseDue);
        }
    }

    private void releaseDue() {
        armedNanos = NOT_ARMED;
        long now = System.nanoTime();
        for (Paced<T> next = waiting.peek(); next != null && next.slotNanos() - now <= 0; next = waiting.peek()) {
            waiting.remove();
            release.accept(next.task());
        }
        arm();
    }
}
