package io.stockhook.delivery.replay;

import io.stockhook.events.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Bulk work, done a batch at a time.
 *
 * @param total how many it was about when it was asked for
 * @param done how many are begun, or purged
 * @param skipped how many were passed over
 * @param failures how often the present batch has failed
 * @param position the last delivery or dead letter that is dealt with; null before the first
 * @param hasNewId whether each is sent with a {@code webhook-id} of its own
 * @param requestedBy who asked for it, fit for an audit trail
 * @param error why it failed; null unless it did
 */
record Job(
        UUID id,
        String tenantId,
        Action action,
        State state,
        Selection selection,
        boolean hasNewId,
        String requestedBy,
        long total,
        long done,
        long skipped,
        int failures,
        @Nullable UUID position,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @Nullable String error) {

    /** What is done. */
    enum Action {
        /** Deliveries are sent once more. */
        RETRY,
        /** Dead letters are sent once more. */
        REPLAY,
        /** Dead letters are taken away. */
        PURGE
    }

    /** How far it is. */
    enum State {
        /** It goes on. */
        RUNNING,
        /** All of it is done. */
        DONE,
        /** Somebody stopped it. */
        CANCELLED,
        /** A batch failed again and again. */
        FAILED
    }

    /** The same after a batch. */
    Job advanced(@Nullable UUID newPosition, int moreDone, int moreSkipped, Instant now) {
        return with(
                state,
                done + moreDone,
                skipped + moreSkipped,
                0,
                newPosition == null ? position : newPosition,
                now,
                null,
                null);
    }

    /** The same after a batch that failed. */
    Job failedOnce(Instant now) {
        return with(state, done, skipped, failures + 1, position, now, null, null);
    }

    /** The same at its end. */
    Job ended(State endState, @Nullable String why, Instant now) {
        return with(endState, done, skipped, failures, position, now, now, why);
    }

    private Job with(
            State newState,
            long newDone,
            long newSkipped,
            int newFailures,
            @Nullable UUID newPosition,
            Instant newUpdatedAt,
            @Nullable Instant newFinishedAt,
            @Nullable String newError) {
        return new Job(
                id,
                tenantId,
                action,
                newState,
                selection,
                hasNewId,
                requestedBy,
                total,
                newDone,
                newSkipped,
                newFailures,
                newPosition,
                createdAt,
                newUpdatedAt,
                newFinishedAt,
                newError);
    }

    /** When the next batch may begin, so that no more than {@code rate} are begun in a second. */
    static Instant nextBatchAt(Instant now, int begun, int rate) {
        return now.plus(Duration.ofNanos(begun * 1_000_000_000L / rate));
    }

    /** After how long a batch that has failed so often is tried again: a second, doubled with each failure, a minute at the most. */
    static Duration pauseAfter(int failures) {
        return Duration.ofSeconds(Math.min(60, 1L << Math.min(failures - 1, 6)));
    }

    /**
     * The {@code webhook-id} of its own that this job gives a delivery: the same one if the batch is repeated.
     *
     * @return null if it gives none
     */
    @Nullable
    String messageId(String deliveryId) {
        return hasNewId ? Ids.derived(Ids.Kind.EVENT, createdAt, id + "\n" + deliveryId) : null;
    }
}
