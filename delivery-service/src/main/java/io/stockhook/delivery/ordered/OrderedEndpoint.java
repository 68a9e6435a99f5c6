package io.stockhook.delivery.ordered;

import io.stockhook.delivery.admission.Lane;
import io.stockhook.events.EndpointRegistration;
import org.jspecify.annotations.Nullable;

/** An ordered endpoint during one stay of its partition. Confined to one event loop. */
final class OrderedEndpoint {

    static final long NEVER = Long.MAX_VALUE;

    final String id;
    final OrderedPartition partition;
    final OrderedQueue queue;
    /** Its rate, circuit and latency; what waits is in the queue. */
    final Lane<Entry> lane;

    int inFlight;
    /** Whether it has a slot of its rate for the next attempt. */
    boolean hasSlot;
    /** Nothing is attempted before that; in the time of {@link System#nanoTime}, if it {@link #isPaused}. */
    long pausedUntilNanos;

    boolean isPaused;
    /** The state of the registration in which nothing is sent to it; null while something may be. */
    @Nullable
    EndpointRegistration parkedIn;

    boolean isInLine;
    boolean isAwaitingRead;
    /** When it is looked at again. */
    long wakesAtNanos = NEVER;

    long spillsAgainNanos;
    boolean mayNotSpill;

    OrderedEndpoint(String id, OrderedPartition partition, OrderedQueue queue) {
        this.id = id;
        this.partition = partition;
        this.queue = queue;
        this.lane = new Lane<>(id);
    }
}
