package io.stockhook.delivery.record;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that double from a first to a longest one and end at once when the service stops. Thread-safe. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Duration next;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /**
     * Waits.
     *
     * @return false if the service stops, at once or while waiting
     */
    boolean pause() {
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        try {
            return !stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Begins again with the first wait. */
    void reset() {
        next = first;
    }

    /** Ends every wait, now and from now on. */
    void stop() {
        stopped.countDown();
    }
}
