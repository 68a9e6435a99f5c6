package io.stockhook.delivery.record;

import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;

/**
 * Where a delivery stands: the outcome of its decisive attempt.
 *
 * <p>Which attempt decides is a total order, so that it does not matter in which order, or how often, attempts are seen: the
 * higher run; within a run delivered before given up before open; then the higher attempt; of two executions of one attempt the
 * later. The upsert in {@link AttemptTable} holds to the same order.
 */
record DeliveryState(DeliveryAttempt decisive) {

    private static final Comparator<DeliveryState> DECISIVENESS = Comparator.<DeliveryState>comparingInt(
                    state -> state.decisive.run())
            .thenComparingInt(DeliveryState::finality)
            .thenComparingInt(state -> state.decisive.attempt())
            .thenComparing(state -> state.decisive.startedAt());

    /** The one of two states of a delivery that it is in. */
    DeliveryState moreDecisive(DeliveryState other) {
        return DECISIVENESS.compare(other, this) > 0 ? other : this;
    }

    /** 0 while something may still follow in this run, 1 once it is given up, 2 once it is delivered. */
    int finality() {
        return switch (decisive.next()) {
            case RETRY, HELD, SCHEDULED, AWAITING_CONFIRMATION -> 0;
            case DEAD, DROPPED -> 1;
            case DELIVERED -> 2;
        };
    }

    /** The status as the API names it. */
    String status() {
        return decisive.next() == Next.RETRY
                ? "retrying"
                : decisive.next().name().toLowerCase(Locale.ROOT);
    }

    /** How many posts this run has made: an attempt that found its endpoint disabled or gone made none, nor did what is scheduled. */
    int attempts() {
        boolean isOfPost = decisive.url() != null || decisive.isEndOfWait();
        return !isOfPost ? Math.max(0, decisive.attempt() - 1) : decisive.attempt();
    }

    /** The day of the event's time, as the delivery's id carries it. */
    LocalDate day() {
        return day(decisive);
    }

    static LocalDate day(DeliveryAttempt attempt) {
        return LogDays.of(Ids.time(Ids.Kind.DELIVERY, attempt.deliveryId()));
    }
}
