package io.stockhook.delivery.stream;

import java.time.Duration;
import java.time.Instant;

/** A consuming loop on a thread of its own. */
public interface Loop {

    /**
     * What a loop says of itself.
     *
     * @param name which loop
     * @param isAssigned whether the group has given it its partitions, be they none
     * @param lastAlive when it last showed that it is at work, be it only that it still waits for the broker
     */
    record Status(String name, boolean isAssigned, Instant lastAlive) {}

    /** Begins to consume. Called once. */
    void start();

    /** Takes no more, lets what is under way end within the time, commits and leaves. */
    void stop(Duration atMost);

    /** How it is. */
    Status status();
}
