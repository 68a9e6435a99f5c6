package io.stockhook.delivery.replay;

import io.stockhook.events.delivery.DeliveryTask;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a delivery stands, with what is needed to send it once more.
 *
 * @param task its last run's task as far as the log knows it; the data is empty if {@link #hasData} is not
 * @param hasData whether the event's data is there
 * @param isEnded whether nothing follows by itself: delivered, dead, held or dropped
 * @param status as the API names it
 * @param nextAt when its next attempt is due; null if none is known
 */
record Standing(
        DeliveryTask task,
        boolean hasData,
        boolean isEnded,
        String status,
        @Nullable Instant nextAt) {

    /** Where twins of a task that is done may still come from: what a crash left unfinished. */
    static final Duration SLACK = Duration.ofDays(1);

    /**
     * Until when a task of this run, or of one before it, may surface: a day after its latest possible due time. What waits may be due as the
     * log says, and an attempt that the log does not know yet may have put the next one off by the longest delay.
     */
    Instant mayComeUntil(Instant now, Duration longestDelay) {
        if (isEnded) {
            return now.plus(SLACK);
        }
        Instant unknown = now.plus(longestDelay);
        return (nextAt != null && nextAt.isAfter(unknown) ? nextAt : unknown).plus(SLACK);
    }

    /** The number of the attempt that would be the next one of this run. */
    int nextAttempt() {
        return isEnded ? task.attempt() : task.attempt() + 1;
    }
}
