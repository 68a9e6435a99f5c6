package io.stockhook.delivery.latency;

import java.util.List;

/**
 * A histogram of durations with fixed buckets, so that histograms of any times can be added up and a percentile be read from the
 * sum. The bounds are part of what is stored: changing them makes old rows wrong.
 */
public final class LatencyHistogram {

    private static final int MICROS_PER_MILLI = 1_000;

    /** What a bucket reaches up to, included, in milliseconds; the last bucket has no end. */
    private static final int[] UPPER_MS = {
        2, 5, 10, 20, 50, 100, 200, 350, 500, 750, 1_000, 2_000, 5_000, 10_000, 30_000
    };

    /** How many buckets there are. */
    public static final int BUCKETS = UPPER_MS.length + 1;

    private LatencyHistogram() {}

    /** The bucket, from 0, that counts a duration in microseconds. */
    public static int bucket(long micros) {
        int bucket = 0;
        while (bucket < UPPER_MS.length && micros > (long) UPPER_MS[bucket] * MICROS_PER_MILLI) {
            bucket++;
        }
        return bucket;
    }

    /**
     * The duration, in milliseconds, that a share of those counted does not exceed: within its bucket as if they were spread
     * evenly, and never outside of the fastest and the slowest.
     *
     * @param counts of each bucket; at least one duration in all
     * @param share above 0, at most 1
     * @param fastest the shortest duration counted, in milliseconds
     * @param slowest the longest duration counted, in milliseconds
     */
    public static double percentile(List<Long> counts, double share, double fastest, double slowest) {
        long total = counts.stream().mapToLong(Long::longValue).sum();
        if (total <= 0) {
            throw new IllegalArgumentException("nothing was counted");
        }
        double rank = share * total;
        double below = 0;
        int bucket = 0;
        while (bucket < counts.size() - 1 && below + counts.get(bucket) < rank) {
            below += counts.get(bucket);
            bucket++;
        }
        double lower = Math.max(fastest, bucket == 0 ? 0 : UPPER_MS[bucket - 1]);
        double upper = Math.min(slowest, bucket == UPPER_MS.length ? slowest : UPPER_MS[bucket]);
        double within = counts.get(bucket) == 0 ? 1 : (rank - below) / counts.get(bucket);
        return Math.min(slowest, Math.max(fastest, lower + (upper - lower) * Math.min(1, within)));
    }
}
