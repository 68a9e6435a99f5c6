package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.stockhook.events.EndpointRegistration.RateLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class RateProperties {

    /** A clock that stands still until it is moved. */
    private static final class Clock implements TimeMeter {
        private long nanos;

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Property(tries = 300)
    void noWindowHoldsMoreSlotsThanTheLimitAndTheBurstAllow(
            @ForAll("limits") RateLimit limit, @ForAll("gapsMs") List<Integer> gapsMs) {
        Clock clock = new Clock();
        Rate rate = new Rate(limit, Duration.ofDays(1), clock);

        List<Long> slots = new ArrayList<>();
        for (int gap : gapsMs) {
            clock.nanos += gap * 1_000_000L;
            rate.take().ifPresent(wait -> slots.add(clock.nanos + wait.toNanos()));
        }

        assertThat(slots).isSorted();
        for (int from = 0; from < slots.size(); from++) {
            for (int to = from; to < slots.size(); to++) {
                double windowMs = (slots.get(to) - slots.get(from)) / 1e6;
                double allowed = limit.burst() + windowMs * limit.limit() / limit.periodMs();
                assertThat((double) (to - from + 1)).isLessThanOrEqualTo(allowed + 0.001);
            }
        }
    }

    @Property(tries = 200)
    void newOwnerBeginsWithNothingBecauseItDoesNotKnowWhatWasUsed(@ForAll("limits") RateLimit limit) {
        Rate rate = new Rate(limit, Duration.ZERO, new Clock());

        Optional<Duration> first = rate.take();

        long nanosPerToken = limit.periodMs() * 1_000_000 / limit.limit();
        if (first.isPresent()) {
            assertThat(first.get().toNanos()).isBetween(nanosPerToken - 1, nanosPerToken + 1);
        } else {
            assertThat(nanosPerToken).isGreaterThan(Rate.FARTHEST_SLOT.toNanos());
        }
    }

    @Example
    void backlogIsGivenSlotsNoFartherThanAnHourAhead() {
        Rate rate = new Rate(new RateLimit(1, 60_000, 1), Duration.ofDays(1), new Clock());

        List<Optional<Duration>> waits = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waits.add(rate.take());
        }

        assertThat(waits.get(0)).contains(Duration.ZERO);
        assertThat(waits.get(60)).contains(Duration.ofHours(1));
        assertThat(waits.subList(61, 100)).containsOnly(Optional.empty());
    }

    @Provide
    Arbitrary<RateLimit> limits() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5_000),
                        Arbitraries.of(1_000L, 60_000L, 3_600_000L),
                        Arbitraries.integers().between(1, 50))
                .as(RateLimit::new);
    }

    @Provide
    Arbitrary<List<Integer>> gapsMs() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.just(0)),
                        Tuple.of(3, Arbitraries.integers().between(0, 50)),
                        Tuple.of(1, Arbitraries.integers().between(0, 5_000)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(80);
    }
}
