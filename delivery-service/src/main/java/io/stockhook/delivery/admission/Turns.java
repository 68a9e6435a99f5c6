package io.stockhook.delivery.admission;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * How long the turns of an event loop take. An attempt begins, connects, sends and reads in turns of its loop, so a loop that has begun
 * more than it can serve sees every endpoint slow. Confined to its event loop.
 */
final class Turns {

    /** A turn that takes longer has more attempts under way than the loop can serve. */
    private static final long LONG_MICROS = 10_000;
    /** In so many turns an attempt is begun, connected, sent and read. */
    private static final int TURNS_PER_ATTEMPT = 4;
    /** Of what the longest recent turn took, so much is forgotten with each one after it. */
    private static final int FORGOTTEN = 8;
    /** What is left of an attempt's time at least, however long the turns: that endpoint took some of it. */
    private static final int LEAST_SHARE = 16;

    private final Executor nextTurn;
    private boolean isWatching;
    private long lastMicros;
    private long longestMicros;

    /** @param nextTurn runs what it is given in the loop's next turn */
    Turns(Executor nextTurn) {
        this.nextTurn = nextTurn;
    }

    /** Measures the turn that is under way, unless it is being measured, and then runs what is given, in the next one. */
    void watch(Runnable then) {
        if (isWatching) {
            return;
        }
        isWatching = true;
        long beganNanos = System.nanoTime();
        nextTurn.execute(() -> {
            isWatching = false;
            lastMicros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - beganNanos);
            longestMicros = Math.max(lastMicros, longestMicros - longestMicros / FORGOTTEN);
            then.run();
        });
    }

    /** Whether the last turn took so long that the loop has more under way than it can serve. */
    boolean areLong() {
        return lastMicros > LONG_MICROS;
    }

    /**
     * What an attempt's time says of its endpoint. An instance that is short of processor time sees all endpoints slow; to put their tasks
     * off would only add to its work, while leaving them in Kafka costs nothing.
     */
    long ofTheEndpoint(long micros) {
        return Math.max(micros / LEAST_SHARE, micros - TURNS_PER_ATTEMPT * longestMicros);
    }
}
