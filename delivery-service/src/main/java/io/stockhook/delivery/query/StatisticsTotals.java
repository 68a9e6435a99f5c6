package io.stockhook.delivery.query;

import io.stockhook.delivery.latency.LatencyHistogram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts of any time and any webhooks, which can be added up.
 *
 * @param deliveries in whatever state
 * @param successful deliveries that arrived
 * @param failed deliveries that were given up
 * @param pendingRetry deliveries of which another attempt follows
 * @param retries attempts after the first of their run
 * @param responseMicros how long the attempts that were answered took, in all, in microseconds
 * @param fastestMicros the quickest answer; 0 if there was none
 * @param slowestMicros the slowest answer; 0 if there was none
 * @param latency the answered attempts by the buckets of {@link LatencyHistogram}
 */
record StatisticsTotals(
        long deliveries,
        long successful,
        long failed,
        long pendingRetry,
        long retries,
        long responseMicros,
        long fastestMicros,
        long slowestMicros,
        List<Long> latency) {

    private static final double MICROS_PER_MILLI = 1_000;
    private static final double PERCENT = 100;
    private static final double TENTHS = 10;

    static final StatisticsTotals NONE =
            new StatisticsTotals(0, 0, 0, 0, 0, 0, 0, 0, Collections.nCopies(LatencyHistogram.BUCKETS, 0L));

    StatisticsTotals plus(StatisticsTotals other) {
        List<Long> sum = new ArrayList<>();
        for (int bucket = 0; bucket < latency.size(); bucket++) {
            sum.add(latency.get(bucket) + other.latency.get(bucket));
        }
        long fastest = answers() == 0
                ? other.fastestMicros
                : other.answers() == 0 ? fastestMicros : Math.min(fastestMicros, other.fastestMicros);
        return new StatisticsTotals(
                deliveries + other.deliveries,
                successful + other.successful,
                failed + other.failed,
                pendingRetry + other.pendingRetry,
                retries + other.retries,
                responseMicros + other.responseMicros,
                fastest,
                Math.max(slowestMicros, other.slowestMicros),
                List.copyOf(sum));
    }

    /** The share of successful deliveries among those that have ended, in percent to one decimal; null if none has. */
    @Nullable
    Double successRate() {
        return percentage(successful, successful + failed);
    }

    /** The mean over the attempts that were answered, in milliseconds; null if none was. */
    @Nullable
    Long averageResponseTime() {
        return answers() == 0 ? null : Math.round(responseMicros / MICROS_PER_MILLI / answers());
    }

    /** What a share of the answered attempts did not exceed, in milliseconds; null if none was answered. */
    @Nullable
    Long percentile(double share) {
        return answers() == 0
                ? null
                : Math.round(LatencyHistogram.percentile(
                        latency, share, fastestMicros / MICROS_PER_MILLI, slowestMicros / MICROS_PER_MILLI));
    }

    /** A share in percent, to one decimal; null of nothing. */
    static @Nullable Double percentage(long part, long whole) {
        return whole == 0 ? null : Math.round(PERCENT * TENTHS * part / whole) / TENTHS;
    }

    private long answers() {
        return latency.stream().mapToLong(Long::longValue).sum();
    }
}
