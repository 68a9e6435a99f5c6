package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.EndpointRegistration.Breaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CircuitTests {

    private static final long MILLISECOND = 1_000;

    private final MovableClock clock = new MovableClock();
    private final Circuit circuit = new Circuit("wh_1", new Breaker(true, 0.5, 10, 60_000, 30_000), clock);

    @Test
    void opensOnceHalfOfAtLeastTenAttemptsHaveFailed() {
        // Given
        attempts(5, false);
        attempts(4, true);

        // When
        attempts(1, true);

        // Then
        assertThat(circuit.isClosed()).isFalse();
        assertThat(circuit.tryBegin()).isFalse();
    }

    @Test
    void fewFailuresDoNotOpenIt() {
        // When
        attempts(9, true);

        // Then
        assertThat(circuit.tryBegin()).isTrue();
    }

    @Test
    void failuresOfLongAgoDoNotOpenIt() {
        // Given
        attempts(9, true);

        // When
        clock.pass(Duration.ofSeconds(61));
        attempts(9, true);

        // Then
        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void letsThreeProbesThroughAndClosesIfTheySucceed() {
        // Given
        attempts(10, true);
        clock.pass(Duration.ofSeconds(31));

        // When
        for (int probe = 0; probe < Circuit.PROBES; probe++) {
            assertThat(circuit.tryBegin()).isTrue();
        }
        assertThat(circuit.tryBegin()).isFalse();
        for (int probe = 0; probe < Circuit.PROBES; probe++) {
            circuit.ended(false, MILLISECOND);
        }

        // Then
        assertThat(circuit.isClosed()).isTrue();
        assertThat(circuit.isClear()).isTrue();
    }

    @Test
    void opensAgainIfTheProbesFail() {
        // Given
        attempts(10, true);
        clock.pass(Duration.ofSeconds(31));

        // When
        for (int probe = 0; probe < Circuit.PROBES; probe++) {
            assertThat(circuit.tryBegin()).isTrue();
        }
        for (int probe = 0; probe < Circuit.PROBES; probe++) {
            circuit.ended(true, MILLISECOND);
        }

        // Then
        assertThat(circuit.tryBegin()).isFalse();
    }

    @Test
    void probeThatWasNotMadeIsForAnother() {
        // Given
        attempts(10, true);
        clock.pass(Duration.ofSeconds(31));
        for (int probe = 0; probe < Circuit.PROBES; probe++) {
            assertThat(circuit.tryBegin()).isTrue();
        }

        // When
        circuit.notMade();

        // Then
        assertThat(circuit.tryBegin()).isTrue();
    }

    private void attempts(int count, boolean isFailure) {
        for (int i = 0; i < count; i++) {
            assertThat(circuit.tryBegin()).isTrue();
            circuit.ended(isFailure, MILLISECOND);
        }
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
