package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.Tasks;
import io.stockhook.delivery.dispatch.Attempts.Attempted;
import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.Breaker;
import io.stockhook.events.EndpointRegistration.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a lane remembers of its endpoint's rate and circuit, and when it begins anew. */
class LaneTests {

    private static final Breaker OPENS_AT_ONCE = new Breaker(true, 0.1, 1, 60_000, 60_000);
    private static final Duration LONG_OWNED = Duration.ofDays(1);
    private static final EndpointRegistration ENDPOINT = EndpointRegistration.builder(
                    "wh_1", "ten_1", "https://example.com/", List.of("*"))
            .rateLimit(new RateLimit(10, 1_000, 5))
            .build();

    private final Lane<String> lane = new Lane<>("wh_1");

    @Test
    void failedAttemptsOpenTheCircuit() {
        // Given
        lane.follow(ENDPOINT, 1, LONG_OWNED);

        // When
        judged(503);

        // Then
        assertThat(lane.isCircuitClosed()).isFalse();
    }

    @Test
    void oneOfSeveralOwnersHasItsPartOfTheLimits() {
        // Given
        EndpointRegistration spread = ENDPOINT.toBuilder()
                .maxInFlight(10)
                .rateLimit(new RateLimit(8, 1_000, 8))
                .parallelism(4)
                .build();

        // When
        lane.follow(spread, 1, LONG_OWNED);

        // Then
        assertThat(lane.load().cap()).isEqualTo(2);
        assertThat(lane.rate()).satisfies(rate -> assertThat(rate.isOf(new RateLimit(8, 4_000, 2)))
                .isTrue());
    }

    @Test
    void endpointThatSharesWithOneMoreHasHalfAndBeginsWithNothing() {
        // Given
        EndpointRegistration shared = ENDPOINT.toBuilder()
                .rateLimit(null)
                .subscriberRateLimit(new RateLimit(10, 1_000, 5))
                .build();
        lane.follow(shared, 1, LONG_OWNED);

        // When
        lane.follow(shared, 2, LONG_OWNED);

        // Then
        assertThat(lane.rate()).satisfies(rate -> {
            assertThat(rate.isOf(new RateLimit(10, 2_000, 2))).isTrue();
            assertThat(rate.take()).hasValueSatisfying(wait -> assertThat(wait).isPositive());
        });
    }

    @Test
    void refusedRequestSaysNothingOfTheEndpointsHealth() {
        // Given
        lane.follow(ENDPOINT, 1, LONG_OWNED);

        // When
        judged(404);

        // Then
        assertThat(lane.isCircuitClosed()).isTrue();
    }

    @Test
    void failureOfOurOwnSaysNothingOfTheEndpointsHealth() {
        // Given
        lane.follow(ENDPOINT, 1, LONG_OWNED);

        // When
        judged(new Outcome.Failed(ErrorClass.TEMPLATE_ERROR, "no JSON"));

        // Then
        assertThat(lane.isCircuitClosed()).isTrue();
    }

    @Test
    void openCircuitIsNoReasonToRememberALaneThatNobodyUses() {
        // Given
        lane.follow(ENDPOINT, 1, LONG_OWNED);
        judged(503);
        lane.began();
        lane.ended(1_000, false, 100);

        // Then
        assertThat(lane.isUnusedSince(100)).isFalse();
        assertThat(lane.isUnusedSince(101)).isTrue();

        // When
        lane.closeCircuit();

        // Then
        assertThat(lane.isCircuitClosed()).isTrue();
    }

    @Test
    void changeOfTheRegistrationClosesTheCircuitAndKeepsSlotsOfTheSameLimit() {
        // Given
        lane.follow(ENDPOINT, 1, LONG_OWNED);
        long mark = lane.slotMark();
        judged(503);

        // When
        lane.follow(ENDPOINT.toBuilder().version(2).build(), 1, LONG_OWNED);

        // Then
        assertThat(lane.isCircuitClosed()).isTrue();
        assertThat(lane.slotMark()).isEqualTo(mark);
    }

    @Test
    void anotherLimitMakesSlotsOfTheOldOneVoid() {
        // Given
        lane.follow(ENDPOINT, 1, LONG_OWNED);
        long mark = lane.slotMark();

        // When
        lane.follow(ENDPOINT.toBuilder().rateLimit(new RateLimit(20, 1_000, 5)).build(), 1, LONG_OWNED);

        // Then
        assertThat(lane.slotMark()).isNotEqualTo(mark);
    }

    @Test
    void deletedEndpointIsWaitedForNoMore() {
        // Given
        lane.follow(ENDPOINT, 1, LONG_OWNED);
        judged(503);

        // When
        lane.gone();

        // Then
        assertThat(lane.isCircuitClosed()).isTrue();
        assertThat(lane.rate()).isNull();
    }

    private void judged(int status) {
        judged(new Outcome.Responded(status, null, Map.of(), null));
    }

    private void judged(Outcome outcome) {
        Attempted attempted =
                new Attempted(Tasks.first("evt_1"), outcome, ENDPOINT.url(), 1, Instant.EPOCH, 1_000, null);
        assertThat(lane.tryBegin()).isTrue();
        lane.judged(attempted, OPENS_AT_ONCE, Clock.systemUTC());
    }
}
