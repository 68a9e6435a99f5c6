package io.stockhook.delivery.dispatch;

import java.util.concurrent.TimeUnit;

/** What the time of one request goes into, noted while it is sent. Confined to its event loop. */
final class Timings {

    private final long beganNanos = System.nanoTime();
    private long connectMicros;
    private long firstByteMicros;

    /** There is a connection to send it on. */
    void connected() {
        connectMicros = elapsedMicros();
    }

    /** The response's head is there. */
    void answered() {
        firstByteMicros = elapsedMicros();
    }

    /** Since its beginning, look-up and token included, in microseconds; 0 if there was no connection. */
    long connectMicros() {
        return connectMicros;
    }

    /** Since its beginning, in microseconds; 0 if there was no answer. */
    long firstByteMicros() {
        return firstByteMicros;
    }

    /** Never 0, which stands for nothing. */
    private long elapsedMicros() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - beganNanos));
    }
}
