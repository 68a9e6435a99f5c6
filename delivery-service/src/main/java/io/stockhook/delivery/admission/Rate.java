package io.stockhook.delivery.admission;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import io.stockhook.events.EndpointRegistration.RateLimit;
import java.time.Duration;
import java.util.Optional;

/** The rate of one endpoint: a token bucket whose coming tokens are given away in advance, one slot each. Confined to one event loop. */
public final class Rate {

    /** A slot farther ahead is not given away: until then the limit may have changed, or whoever it is for was cancelled. */
    public static final Duration FARTHEST_SLOT = Duration.ofHours(1);

    private final RateLimit limit;
    private final Bucket bucket;

    /**
     * A bucket that has been empty when its owner began to see all of the endpoint's traffic, since what a former owner let go is not known.
     *
     * @param ownedFor for how long that has been
     */
    Rate(RateLimit limit, Duration ownedFor, TimeMeter time) {
        this.limit = limit;
        double refilled = (double) ownedFor.toMillis() / limit.periodMs() * limit.limit();
        this.bucket = Bucket.builder()
                .addLimit(bandwidth -> bandwidth
                        .capacity(limit.burst())
                        .refillGreedy(limit.limit(), Duration.ofMillis(limit.periodMs()))
                        .initialTokens((long) Math.min(limit.burst(), refilled)))
                .withCustomTimePrecision(time)
                .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                .build();
    }

    /** Whether it is the rate of this limit. */
    boolean isOf(RateLimit other) {
        return limit.equals(other);
    }

    /** Whether nothing of it is used up. */
    boolean isFull() {
        return bucket.getAvailableTokens() >= limit.burst();
    }

    /** Takes the next slot and says how long it is until then; empty, and nothing taken, if that is farther than {@link #FARTHEST_SLOT}. */
    public Optional<Duration> take() {
        long waitNanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        if (waitNanos > FARTHEST_SLOT.toNanos()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(bucket.consumeIgnoringRateLimits(1)));
    }
}
