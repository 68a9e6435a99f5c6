package io.stockhook.delivery.dispatch;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one event loop over all hosts. What Vert.x bounds by host this bounds in all: past a number the longest idle
 * ones are closed, and none is used beyond its age or kept idle beyond its time, whatever its peer asked for. Confined to its event loop.
 */
final class Connections {

    private final int max;
    private final long maxAgeNanos;
    private final long maxIdleNanos;
    private final LongSupplier nanoTime;
    private final Map<HttpConnection, Use> open = new IdentityHashMap<>();
    /** Those that nothing uses, the longest idle first. */
    private final Set<Use> idle = new LinkedHashSet<>();

    /** One open connection and who uses it; HTTP/2 has several at once. */
    private static final class Use {
        private final HttpConnection connection;
        private final long openedAt;
        private int requests;
        private long idleSince;
        private long answeredAt;
        private boolean isRetired;

        Use(HttpConnection connection, long openedAt) {
            this.connection = connection;
            this.openedAt = openedAt;
            this.answeredAt = openedAt;
        }
    }

    /**
     * None are open yet.
     *
     * @param max how many may be open, as far as enough of them are idle
     * @param nanoTime as {@link System#nanoTime}
     */
    Connections(int max, Duration maxAge, Duration maxIdle, LongSupplier nanoTime) {
        this.max = max;
        this.maxAgeNanos = maxAge.toNanos();
        this.maxIdleNanos = maxIdle.toNanos();
        this.nanoTime = nanoTime;
    }

    /** A request goes out on the connection. */
    void use(HttpConnection connection) {
        Use use = open.get(connection);
        if (use == null) {
            use = new Use(connection, nanoTime.getAsLong());
            open.put(connection, use);
            connection.closeHandler(unused -> forget(connection));
            // The outcome of the request says what went wrong; Vert.x would let every subscriber write an error into
            // our log.
            connection.exceptionHandler(unused -> {});
        }
        if (use.requests++ == 0) {
            idle.remove(use);
        }
        closeIdle();
    }

    /** A response has come on the connection. */
    void answered(HttpConnection connection) {
        Use use = open.get(connection);
        if (use != null) {
            use.answeredAt = nanoTime.getAsLong();
        }
    }

    /** Whether any response has come on the connection after this moment. */
    boolean hasAnsweredSince(HttpConnection connection, long nanos) {
        Use use = open.get(connection);
        return use != null && use.answeredAt - nanos > 0;
    }

    /** A request on the connection has ended. */
    void release(HttpConnection connection) {
        Use use = open.get(connection);
        if (use == null) {
            return;
        }
        use.requests--;
        long now = nanoTime.getAsLong();
        if (now - use.openedAt > maxAgeNanos) {
            retire(use);
        } else if (use.requests == 0) {
            use.idleSince = now;
            idle.add(use);
            closeIdle();
        }
    }

    /** How many are open. */
    int size() {
        return open.size();
    }

    private void closeIdle() {
        long now = nanoTime.getAsLong();
        for (Use longest = longestIdle();
                longest != null && (open.size() > max || now - longest.idleSince > maxIdleNanos);
                longest = longestIdle()) {
            forget(longest.connection);
            longest.connection.close();
        }
    }

    /** An HTTP/2 connection may never be idle; it takes no more requests, and ends with those that it has. */
    private static void retire(Use use) {
        if (use.requests == 0) {
            use.connection.close();
        } else if (!use.isRetired) {
            use.isRetired = true;
            use.connection.shutdown();
        }
    }

    private @Nullable Use longestIdle() {
        Iterator<Use> first = idle.iterator();
        return first.hasNext() ? first.next() : null;
    }

    private void forget(HttpConnection connection) {
        Use use = open.remove(connection);
        if (use != null) {
            idle.remove(use);
        }
    }
}
