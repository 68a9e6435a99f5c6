package io.stockhook.delivery.admission;

import io.stockhook.events.delivery.DeliveryTask;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The tasks of one partition that have been taken here of late, so that a twin of one is known. Twins come from those who move tasks, who
 * repeat after a crash what they had not committed. A twin of a task that is under way needs no waiting for: until that is done, its own
 * record stays open, and after a crash it is the one that is repeated.
 *
 * <p>Remembers for {@value #KEPT_SECONDS} seconds, but no more than the last {@value #KEYS_PER_GENERATION} tasks at least and twice as many
 * at most. Confined to one event loop.
 */
public final class RecentTasks {

    static final int KEYS_PER_GENERATION = 16_384;
    private static final int KEPT_SECONDS = 600;
    private static final int FIRST_CAPACITY = 64;

    private Generation current = new Generation();
    private Generation former = new Generation();

    /** A hash set of pairs of longs with open addressing. A pair of zeros stands for a free place, which no UUID is. */
    private static final class Generation {
        private final long begunNanos = System.nanoTime();
        private long[] places = new long[2 * FIRST_CAPACITY];
        private int size;

        boolean contains(long high, long low) {
            int place = find(places, high, low);
            return places[place] != 0 || places[place + 1] != 0;
        }

        void add(long high, long low) {
            if (4 * (size + 1) > places.length) {
                grow();
            }
            put(places, high, low);
            size++;
        }

        private void grow() {
            long[] larger = new long[2 * places.length];
            for (int i = 0; i < places.length; i += 2) {
                if (places[i] != 0 || places[i + 1] != 0) {
                    put(larger, places[i], places[i + 1]);
                }
            }
            places = larger;
        }

        private static void put(long[] into, long high, long low) {
            int place = find(into, high, low);
            into[place] = high;
            into[place + 1] = low;
        }

        /** The place of the pair, or the free one where it would be. */
        private static int find(long[] in, long high, long low) {
            int mask = in.length - 1;
            int place = (int) ((high ^ low) * 0x9E3779B97F4A7C15L >>> 33) << 1 & mask;
            while ((in[place] != 0 || in[place + 1] != 0) && (in[place] != high || in[place + 1] != low)) {
                place = (place + 2) & mask;
            }
            return place;
        }
    }

    /**
     * Remembers a task.
     *
     * @return false if the same attempt of the same delivery, put off as often, has been taken already
     */
    public boolean add(DeliveryTask task) {
        UUID delivery = task.uuid();
        long high = delivery.getMostSignificantBits();
        // The counters do not reach each other's bits within any policy; if they ever did, two tasks would have to
        // share all the rest.
        long low = delivery.getLeastSignificantBits()
                ^ ((long) task.run() << 40 ^ (long) task.attempt() << 20 ^ task.deferrals());
        if (current.contains(high, low) || former.contains(high, low)) {
            return false;
        }
        if (current.size >= KEYS_PER_GENERATION
                || System.nanoTime() - current.begunNanos > TimeUnit.SECONDS.toNanos(KEPT_SECONDS / 2)) {
            former = current;
            current = new Generation();
        }
        current.add(high, low);
        return true;
    }
}
