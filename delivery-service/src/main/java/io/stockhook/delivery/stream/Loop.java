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
     * @param lastPoll when it last asked the broker for records
     */
    record Status(String name, boolean isAssigned, Instant lastPoll) {}

    /** Begins to consume. Called once. */
    void start();

    /** Takes no more, lets what is under way end within the time, commits and leaves. */
    void stop(Duration atMost);

    /** How it is. */
    Status status();
}
