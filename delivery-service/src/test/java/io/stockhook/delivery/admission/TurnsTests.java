package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTests {

    private static final Runnable NOTHING = () -> {};
    private static final long LONG_TURN_MICROS = 12_000;

    private final Queue<Runnable> nextTurn = new ArrayDeque<>();
    private final Turns turns = new Turns(nextTurn::add);

    @Test
    void aTurnThatTakesLongIsTakenForWhatItIs() {
        // Given
        turns.watch(NOTHING);
        spin(LONG_TURN_MICROS);

        // When
        nextTurn.remove().run();

        // Then
        assertThat(turns.areLong()).isTrue();
    }

    @Test
    void aTurnIsMeasuredOnceHoweverManyAskForIt() {
        // Given
        turns.watch(NOTHING);

        // When
        turns.watch(NOTHING);

        // Then
        assertThat(nextTurn).hasSize(1);
    }

    @Test
    void theTimeOfLongTurnsIsNotHeldAgainstAnEndpoint() {
        // Given
        turns.watch(NOTHING);
        spin(LONG_TURN_MICROS);
        nextTurn.remove().run();

        // When
        long ofTheEndpoint = turns.ofTheEndpoint(500_000);

        // Then
        assertThat(ofTheEndpoint).isLessThan(500_000 - 4 * LONG_TURN_MICROS + 1).isPositive();
    }

    private static void spin(long micros) {
        long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
