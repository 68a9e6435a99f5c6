package io.stockhook.delivery.record;

import io.stockhook.delivery.latency.LatencyHistogram;
import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of attempts changes in the statistics. Pure; the database has said before which attempts are new and which
 * deliveries changed.
 *
 * <p>A delivery counts in the hour of its event under the state it is in, so a change takes it out of one and into another. An
 * attempt counts in the hour in which it began, if it was posted; what it came to, in the hour in which that was known.
 */
final class Statistics {

    private static final String DELIVERED = "delivered";
    private static final String RETRYING = "retrying";
    private static final String DEAD = "dead";

    /** The rows of the statistics, in the order in which every instance writes them. */
    record Key(UUID tenantId, Instant startsAt, UUID endpointId, String eventType) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::tenantId)
                .thenComparing(Key::startsAt)
                .thenComparing(Key::endpointId)
                .thenComparing(Key::eventType);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** The rows of the error breakdown. */
    record ErrorKey(Key key, String errorClass) implements Comparable<ErrorKey> {

        private static final Comparator<ErrorKey> ORDER =
                Comparator.comparing(ErrorKey::key).thenComparing(ErrorKey::errorClass);

        @Override
        public int compareTo(ErrorKey other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A delivery that is in another state now.
     *
     * @param row one of its attempts
     * @param before its status before; null if it is new
     * @param after its status now
     */
    record Transition(AttemptTable.Row row, @Nullable String before, String after) {}

    /** What is added to a row; the counts of states may be negative. */
    static final class Counts {
        int deliveries;
        int successful;
        int failed;
        int pendingRetry;
        int attempts;
        int retries;
        int delivering;
        long responseMicros;
        int fastestMicros = Integer.MAX_VALUE;
        int slowestMicros = -1;
        final int[] latency = new int[LatencyHistogram.BUCKETS];

        private void state(@Nullable String status, int change) {
            if (status == null) {
                return;
            }
            deliveries += change;
            switch (status) {
                case DELIVERED -> successful += change;
                case DEAD -> failed += change;
                case RETRYING -> pendingRetry += change;
                default -> {
                    // Held and dropped are what remains of all deliveries.
                }
            }
        }

        private void response(int micros) {
            responseMicros += micros;
            fastestMicros = Math.min(fastestMicros, micros);
            slowestMicros = Math.max(slowestMicros, micros);
            latency[LatencyHistogram.bucket(micros)]++;
        }
    }

    private final SortedMap<Key, Counts> counts = new TreeMap<>();
    private final SortedMap<ErrorKey, Integer> errors = new TreeMap<>();

    /** Counts an attempt that the log did not have. */
    void attempt(AttemptTable.Row row) {
        DeliveryAttempt attempt = row.attempt();
        boolean isPost = attempt.url() != null;
        if (!isPost && !attempt.isEndOfWait()) {
            return; // found its endpoint disabled or gone
        }
        Key key = key(row, attempt.startedAt());
        Counts at = at(key);
        if (isPost) {
            post(attempt, at);
        }
        if (attempt.next() == Next.DELIVERED) {
            at.delivering++;
        } else if (attempt.next() != Next.AWAITING_CONFIRMATION) {
            String errorClass = attempt.errorClass() == null ? attempt.reason() : attempt.errorClass();
            errors.merge(new ErrorKey(key, Columns.storable(errorClass)), 1, Integer::sum);
        }
    }

    private static void post(DeliveryAttempt attempt, Counts at) {
        at.attempts++;
        if (attempt.attempt() > 1) {
            at.retries++;
        }
        if (attempt.statusCode() != 0) {
            at.response(AttemptTable.duration(attempt));
        }
    }

    /** Counts a delivery under its new state instead of the one before. */
    void transition(Transition change) {
        DeliveryAttempt attempt = change.row().attempt();
        Counts at = at(key(change.row(), Ids.time(Ids.Kind.DELIVERY, attempt.deliveryId())));
        at.state(change.before(), -1);
        at.state(change.after(), 1);
    }

    SortedMap<Key, Counts> counts() {
        return counts;
    }

    SortedMap<ErrorKey, Integer> errors() {
        return errors;
    }

    private Counts at(Key key) {
        return counts.computeIfAbsent(key, unused -> new Counts());
    }

    private static Key key(AttemptTable.Row row, Instant time) {
        return new Key(
                row.tenantId(),
                time.truncatedTo(ChronoUnit.HOURS),
                row.endpointId(),
                Columns.storable(row.attempt().eventType()));
    }
}
