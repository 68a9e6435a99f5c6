package io.stockhook.delivery.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.delivery.circuit.CircuitState.State;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.log.CompactedRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitTableTests {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final String endpoint = Ids.next(Ids.Kind.WEBHOOK);
    private final Ticking clock = new Ticking();
    private final CircuitTable table = new CircuitTable(clock);

    @Test
    void whatWasSaidLastHolds() {
        // When
        say(open(NOW));
        say(new CircuitState(endpoint, State.HALF_OPEN, NOW.plusSeconds(30), null));

        // Then
        assertThat(table.of(endpoint))
                .isNotNull()
                .extracting(CircuitState::state)
                .isEqualTo(State.HALF_OPEN);
    }

    @Test
    void tombstoneCloses() {
        // Given
        say(open(NOW));

        // When
        apply(null);

        // Then
        assertThat(table.of(endpoint)).isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void ownerThatHasGoneSilentIsNotBelievedForEver() {
        // Given
        say(open(NOW));

        // When
        clock.now = NOW.plus(Duration.ofMinutes(59));
        CircuitState before = table.of(endpoint);
        clock.now = NOW.plus(Duration.ofMinutes(61));

        // Then
        assertThat(before).isNotNull();
        assertThat(table.of(endpoint)).isNull();
    }

    @Test
    void whatIsNotBelievedAnyMoreTakesNoMemory() {
        // Given
        say(open(NOW));
        clock.now = NOW.plus(Duration.ofHours(2));

        // When
        String other = Ids.next(Ids.Kind.WEBHOOK);
        table.apply(new CompactedRecord(
                other, Json.write(new CircuitState(other, State.OPEN, clock.now, null)), 2, clock.now));

        // Then
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void endpointWithSeveralOwnersIsAsTheOneStandsThatLetsLeastThrough() {
        // Given
        sayOf(new CircuitState(endpoint + "#1", State.HALF_OPEN, NOW, null));
        sayOf(new CircuitState(endpoint + "#2", State.OPEN, NOW, NOW.plusSeconds(30)));

        // When
        CircuitState whole = table.of(endpoint);

        // Then
        assertThat(whole).isNotNull().extracting(CircuitState::state).isEqualTo(State.OPEN);
        assertThat(table.ofPart(endpoint + "#1")).isNotNull();
        assertThat(table.ofPart(endpoint)).isNull();
        assertThat(table.of(Ids.next(Ids.Kind.WEBHOOK))).isNull();
    }

    private void sayOf(CircuitState state) {
        table.apply(new CompactedRecord(state.part(), state.toRecord().value(), 1, NOW));
    }

    @Test
    void whatTheTopicSaysNothingOfIsForgottenWhenItIsReadAgain() {
        // Given
        say(open(NOW));

        // When
        table.retainOnly(Set.of());

        // Then
        assertThat(table.of(endpoint)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "{\"part\": \"wh_1\", \"state\": \"open\"}", "[1]"})
    void whatIsNoStateIsRefused(String value) {
        assertThatThrownBy(() -> apply(value.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedRecordException.class);
    }

    private CircuitState open(Instant since) {
        return new CircuitState(endpoint, State.OPEN, since, since.plusMillis(1));
    }

    private void say(CircuitState state) {
        apply(state.toRecord().value());
    }

    private void apply(byte @Nullable [] value) {
        table.apply(new CompactedRecord(endpoint, value, 1, NOW));
    }

    private static final class Ticking extends Clock {
        private Instant now = NOW;

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
