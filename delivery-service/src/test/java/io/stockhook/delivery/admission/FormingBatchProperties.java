package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.admission.FormingBatch.Limits;
import io.stockhook.delivery.admission.FormingBatch.Reason;
import io.stockhook.delivery.admission.FormingBatch.Weight;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.delivery.EventBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FormingBatchProperties {

    /** An event that comes so long after the one before. */
    private record Arrival(int number, Weight weight, long gapNanos) {}

    private record Batch(List<Arrival> events, Reason why) {}

    /** What an event loop does with a batch: adds what comes, and completes it when its time is up. */
    private static List<Batch> collect(List<Arrival> arrivals, Limits limits) {
        FormingBatch<Arrival> forming = new FormingBatch<>();
        List<Batch> batches = new ArrayList<>();
        FormingBatch.Completed<Arrival> completed = (events, why) -> batches.add(new Batch(events, why));
        long now = 0;
        for (Arrival arrival : arrivals) {
            now += arrival.gapNanos();
            if (forming.leftNanos(limits, now) <= 0) {
                forming.complete(Reason.TIME, completed);
            }
            forming.add(arrival, arrival.weight(), limits, now, completed);
        }
        forming.complete(Reason.TIME, completed);
        return batches;
    }

    @Property(tries = 500)
    void everyEventIsInOneBatchAndInTheOrderOfArrival(
            @ForAll("arrivals") List<Arrival> arrivals, @ForAll("limits") Limits limits) {
        assertThat(collect(arrivals, limits).stream().flatMap(batch -> batch.events().stream()))
                .containsExactlyElementsOf(arrivals);
    }

    @Property(tries = 500)
    void noBatchIsEmptyOrOverABound(@ForAll("arrivals") List<Arrival> arrivals, @ForAll("limits") Limits limits) {
        for (Batch batch : collect(arrivals, limits)) {
            assertThat(batch.events()).hasSizeBetween(1, limits.maxSize());
            assertThat(body(batch.events())).isLessThanOrEqualTo(EventBatch.MAX_BODY_BYTES);
            assertThat(weight(batch.events())).isLessThanOrEqualTo(EventBatch.MAX_WEIGHT_BYTES);
        }
    }

    @Property(tries = 500)
    void noEventWaitsForLongerThanItsEndpointWants(
            @ForAll("arrivals") List<Arrival> arrivals, @ForAll("limits") Limits limits) {
        for (Batch batch : collect(arrivals, limits)) {
            long sinceFirst =
                    batch.events().stream().skip(1).mapToLong(Arrival::gapNanos).sum();
            assertThat(sinceFirst).isLessThan(limits.maxWaitNanos());
        }
    }

    @Property(tries = 500)
    void aBatchIsClosedForTheReasonThatItSays(
            @ForAll("arrivals") List<Arrival> arrivals, @ForAll("limits") Limits limits) {
        // When
        List<Batch> batches = collect(arrivals, limits);

        // Then
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.get(i);
            if (batch.why() == Reason.SIZE) {
                assertThat(batch.events()).hasSize(limits.maxSize());
            }
            if (batch.why() == Reason.BYTES) {
                List<Arrival> withNext = new ArrayList<>(batch.events());
                withNext.add(batches.get(i + 1).events().get(0));
                assertThat(body(withNext) > EventBatch.MAX_BODY_BYTES || weight(withNext) > EventBatch.MAX_WEIGHT_BYTES)
                        .isTrue();
            }
        }
    }

    @Property(tries = 200)
    void aLimitThatBecomesSmallerHoldsFromTheNextEventOn(
            @ForAll @IntRange(min = 2, max = 50) int former, @ForAll @IntRange(min = 1, max = 50) int count) {
        // Given
        FormingBatch<Integer> forming = new FormingBatch<>();
        List<List<Integer>> batches = new ArrayList<>();
        for (int i = 0; i < Math.min(count, former - 1); i++) {
            forming.add(i, new Weight(1, 1), new Limits(former, 1), 0, (batch, why) -> batches.add(batch));
        }

        // When
        forming.add(-1, new Weight(1, 1), new Limits(1, 1), 0, (batch, why) -> batches.add(batch));

        // Then
        assertThat(batches).hasSize(2);
        assertThat(batches.get(1)).containsExactly(-1);
        assertThat(forming.isEmpty()).isTrue();
    }

    @Example
    void whatLeavesIsInNoBatch() {
        // Given
        FormingBatch<Integer> forming = new FormingBatch<>();
        List<List<Integer>> batches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            forming.add(i, new Weight(1, 1), new Limits(10, 1), 0, (batch, why) -> batches.add(batch));
        }

        // When
        int left = forming.removeIf(number -> number % 2 == 0);
        forming.complete(Reason.PRESSURE, (batch, why) -> batches.add(batch));

        // Then
        assertThat(left).isEqualTo(2);
        assertThat(batches).containsExactly(List.of(1, 3));
    }

    @Example
    void whatARegistrationShouldNotAskForIsBroughtIntoRange() {
        assertThat(Limits.of(new EndpointRegistration.Batch(0, 0)))
                .isEqualTo(new Limits(1, Duration.ofMillis(1).toNanos()));
        assertThat(Limits.of(new EndpointRegistration.Batch(Integer.MAX_VALUE, Long.MAX_VALUE)))
                .isEqualTo(
                        new Limits(EventBatch.MAX_EVENTS, Duration.ofSeconds(20).toNanos()));
    }

    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        Arbitrary<Integer> bodies = Arbitraries.oneOf(
                Arbitraries.integers().between(2, 2_000),
                Arbitraries.integers().between(100_000, EventBatch.MAX_BODY_BYTES - 2));
        Arbitrary<Integer> besides = Arbitraries.integers().between(0, 300_000);
        Arbitrary<Weight> weights = Combinators.combine(bodies, besides)
                .as((body, beside) -> new Weight(body, body + beside))
                .filter(Weight::isWithinBounds);
        return Combinators.combine(
                        Arbitraries.integers(), weights, Arbitraries.longs().between(0, 2_000))
                .as(Arrival::new)
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Limits> limits() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.longs().between(1, 10_000))
                .as(Limits::new);
    }

    private static long body(List<Arrival> events) {
        return 1
                + events.stream()
                        .mapToLong(event -> 1 + event.weight().bodyBytes())
                        .sum();
    }

    private static long weight(List<Arrival> events) {
        return events.stream().mapToLong(event -> event.weight().recordBytes()).sum();
    }
}
