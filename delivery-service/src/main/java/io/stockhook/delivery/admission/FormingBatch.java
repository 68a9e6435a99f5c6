package io.stockhook.delivery.admission;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.delivery.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What one endpoint is to get in its next request, in the order of arrival. Decides alone by what it is told when that is enough.
 *
 * @param <T> what is collected
 */
final class FormingBatch<T> {

    /** Why a batch is complete. */
    enum Reason {
        /** It has as many events as its endpoint wants at most. */
        SIZE,
        /** Another event would make it too long. */
        BYTES,
        /** Its first event has waited for as long as its endpoint wants at most. */
        TIME,
        /** Its webhook was changed, and what comes from then on may look different. */
        CHANGE,
        /** What waits for more takes up memory without which no more can come. */
        PRESSURE
    }

    /**
     * What one batch may be.
     *
     * @param maxSize the most events
     * @param maxWaitNanos for how long its first event waits for others, in nanoseconds
     */
    record Limits(int maxSize, long maxWaitNanos) {

        private static final long LONGEST_WAIT_MS = 20_000;

        /** Those of an endpoint; what is out of range is brought into it. */
        static Limits of(EndpointRegistration.Batch wanted) {
            return new Limits(
                    Math.max(1, Math.min(wanted.maxSize(), EventBatch.MAX_EVENTS)),
                    TimeUnit.MILLISECONDS.toNanos(Math.max(1, Math.min(wanted.maxWaitMs(), LONGEST_WAIT_MS))));
        }
    }

    /**
     * What an event adds.
     *
     * @param bodyBytes to the request's body
     * @param recordBytes to the record of the batch, body included
     */
    record Weight(int bodyBytes, int recordBytes) {

        /** Whether a batch of this event alone is within bounds. */
        boolean isWithinBounds() {
            return bodyBytes + BRACKETS <= EventBatch.MAX_BODY_BYTES && recordBytes <= EventBatch.MAX_WEIGHT_BYTES;
        }
    }

    /** Takes batches that are complete. */
    @FunctionalInterface
    interface Completed<T> {

        /** Takes one, which is not empty. */
        void take(List<T> batch, Reason why);
    }

    private static final int BRACKETS = 2;
    private static final int COMMA = 1;

    private List<T> collected = new ArrayList<>();
    private int bodyBytes = BRACKETS;
    private int recordBytes;
    private long beganNanos;

    /**
     * Adds an event that is within bounds by itself.
     *
     * @param limits as they are now
     * @param nowNanos in the time of {@link System#nanoTime}
     * @param completed is given the batch before it if it does not fit into that, and the one that it is in if that is complete with it
     */
    void add(T event, Weight weight, Limits limits, long nowNanos, Completed<T> completed) {
        if (!collected.isEmpty() && !hasRoomFor(weight, limits)) {
            complete(collected.size() >= limits.maxSize() ? Reason.SIZE : Reason.BYTES, completed);
        }
        if (collected.isEmpty()) {
            beganNanos = nowNanos;
        } else {
            bodyBytes += COMMA;
        }
        collected.add(event);
        bodyBytes += weight.bodyBytes();
        recordBytes += weight.recordBytes();
        if (collected.size() >= limits.maxSize()) {
            complete(Reason.SIZE, completed);
        }
    }

    /** How much longer its first event may wait, in nanoseconds; not above zero if it has waited for long enough. */
    long leftNanos(Limits limits, long nowNanos) {
        return beganNanos + limits.maxWaitNanos() - nowNanos;
    }

    /** Completes it as it is, if there is anything in it. */
    void complete(Reason why, Completed<T> completed) {
        if (collected.isEmpty()) {
            return;
        }
        List<T> batch = collected;
        collected = new ArrayList<>();
        bodyBytes = BRACKETS;
        recordBytes = 0;
        completed.take(batch, why);
    }

    /** Takes those out for which this holds, and says how many they were. What is left counts as long as before. */
    int removeIf(Predicate<T> isOut) {
        int before = collected.size();
        collected.removeIf(isOut);
        if (collected.isEmpty()) {
            bodyBytes = BRACKETS;
            recordBytes = 0;
        }
        return before - collected.size();
    }

    boolean isEmpty() {
        return collected.isEmpty();
    }

    private boolean hasRoomFor(Weight weight, Limits limits) {
        return collected.size() < limits.maxSize()
                && bodyBytes + COMMA + weight.bodyBytes() <= EventBatch.MAX_BODY_BYTES
                && recordBytes + weight.recordBytes() <= EventBatch.MAX_WEIGHT_BYTES;
    }
}
