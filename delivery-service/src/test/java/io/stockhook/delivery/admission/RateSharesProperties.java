package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.RateLimit;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class RateSharesProperties {

    @Property
    void sharesAddUpToTheSubscribersLimitHoweverItsEndpointsAreSpread(
            @ForAll("limits") RateLimit limit,
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 8) Integer> owners) {
        double sum = 0;
        for (int parallelism : owners) {
            RateLimit share = Objects.requireNonNull(RateShares.of(endpoint(null, limit, parallelism), owners.size()));
            sum += parallelism * perMillisecond(share);
        }

        assertThat(sum).isCloseTo(perMillisecond(limit), within(1e-9 * owners.size()));
    }

    @Property
    void endpointNeverExceedsItsOwnLimitNorItsShare(
            @ForAll("limits") RateLimit own,
            @ForAll("limits") RateLimit subscribers,
            @ForAll @IntRange(min = 1, max = 1_000) int sharers) {
        RateLimit share = Objects.requireNonNull(RateShares.of(endpoint(own, subscribers, 1), sharers));

        assertThat(perMillisecond(share)).isLessThanOrEqualTo(perMillisecond(own));
        assertThat(perMillisecond(share)).isLessThanOrEqualTo(perMillisecond(subscribers) / sharers + 1e-12);
        assertThat(share.burst()).isLessThanOrEqualTo(own.burst());
        assertThat(share.burst()).isLessThanOrEqualTo(Math.max(1, subscribers.burst() / sharers));
    }

    @Example
    void endpointWithoutLimitsTakesAsManyAsCome() {
        assertThat(RateShares.of(endpoint(null, null, 1), 5)).isNull();
    }

    private static EndpointRegistration endpoint(
            @Nullable RateLimit own, @Nullable RateLimit subscribers, int parallelism) {
        return EndpointRegistration.builder("wh_1", "ten_1", "https://example.com/", List.of("*"))
                .rateLimit(own)
                .subscriberRateLimit(subscribers)
                .parallelism(parallelism)
                .build();
    }

    private static double perMillisecond(RateLimit limit) {
        return (double) limit.limit() / limit.periodMs();
    }

    @Provide
    Arbitrary<RateLimit> limits() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 100_000),
                        Arbitraries.of(1_000L, 60_000L, 3_600_000L),
                        Arbitraries.integers().between(1, 10_000))
                .as(RateLimit::new);
    }
}
