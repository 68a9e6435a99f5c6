package io.stockhook.delivery.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LatencyHistogramProperties {

    @Property
    void aLongerDurationIsInNoLowerBucket(
            @ForAll @LongRange(min = 0, max = 100_000_000) long one,
            @ForAll @LongRange(min = 0, max = 100_000_000) long other) {
        int low = LatencyHistogram.bucket(Math.min(one, other));
        int high = LatencyHistogram.bucket(Math.max(one, other));

        assertThat(low).isBetween(0, LatencyHistogram.BUCKETS - 1).isLessThanOrEqualTo(high);
        assertThat(high).isLessThan(LatencyHistogram.BUCKETS);
    }

    @Property
    void aPercentileIsInTheBucketOfTheExactOne(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 1, max = 60_000_000) Long> micros,
            @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
        List<Long> sorted = micros.stream().sorted().toList();
        long exact = sorted.get((int) Math.ceil(share * sorted.size()) - 1);

        double percentile = LatencyHistogram.percentile(
                counts(micros), share, sorted.get(0) / 1_000.0, sorted.get(sorted.size() - 1) / 1_000.0);

        // A bound belongs to the bucket below it, and an interpolation may end on one.
        assertThat(LatencyHistogram.bucket(Math.round(percentile * 1_000)))
                .isBetween(LatencyHistogram.bucket(exact) - 1, LatencyHistogram.bucket(exact));
        assertThat(percentile).isBetween(sorted.get(0) / 1_000.0, sorted.get(sorted.size() - 1) / 1_000.0);
    }

    @Property
    void aHigherShareHasNoLowerPercentile(
            @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 1, max = 60_000_000) Long> micros) {
        double fastest = Collections.min(micros) / 1_000.0;
        double slowest = Collections.max(micros) / 1_000.0;
        List<Double> percentiles = Stream.of(0.5, 0.95, 0.99, 1.0)
                .map(share -> LatencyHistogram.percentile(counts(micros), share, fastest, slowest))
                .toList();

        assertThat(percentiles).isSorted();
    }

    @Example
    void interpolatesWithinABucket() {
        List<Long> spread = counts(
                IntStream.rangeClosed(101, 200).mapToObj(ms -> ms * 1_000L).toList());

        assertThat(LatencyHistogram.percentile(spread, 0.5, 101, 200)).isEqualTo(150, within(1.0));
    }

    @Example
    void nothingHasNoPercentile() {
        assertThatThrownBy(() -> LatencyHistogram.percentile(counts(List.of()), 0.5, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Long> counts(List<Long> micros) {
        return IntStream.range(0, LatencyHistogram.BUCKETS)
                .mapToObj(bucket -> micros.stream()
                        .filter(duration -> LatencyHistogram.bucket(duration) == bucket)
                        .count())
                .toList();
    }
}
