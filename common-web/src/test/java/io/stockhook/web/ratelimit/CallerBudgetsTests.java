package io.stockhook.web.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.stockhook.web.ratelimit.CallerBudgets.Taken;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallerBudgetsTests {

    private final Ticking clock = new Ticking();
    private final CallerBudgets budgets = new CallerBudgets(60, Duration.ofMinutes(1), clock);

    @Test
    void callerHasItsLimitAndNoMore() {
        // When
        long within = java.util.stream.Stream.generate(() -> budgets.take("one"))
                .limit(100)
                .filter(Taken::isWithin)
                .count();

        // Then
        assertThat(within).isEqualTo(60);
        assertThat(budgets.take("one").next()).isEqualTo(Duration.ofSeconds(1));
        assertThat(budgets.take("other").isWithin()).isTrue();
    }

    @Test
    void whatWasUsedComesBackEvenly() {
        // Given
        for (int i = 0; i < 60; i++) {
            budgets.take("one");
        }

        // When
        clock.nanos += Duration.ofSeconds(2).toNanos();

        // Then
        assertThat(budgets.take("one").isWithin()).isTrue();
        assertThat(budgets.take("one").isWithin()).isTrue();
        assertThat(budgets.take("one").isWithin()).isFalse();
    }

    @Test
    void whatIsLeftIsTold() {
        // When
        Taken taken = budgets.take("one");

        // Then
        assertThat(taken.left()).isEqualTo(59);
        assertThat(taken.full()).isEqualTo(Duration.ofSeconds(1));
        assertThat(taken.next()).isZero();
    }

    private static final class Ticking implements TimeMeter {
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
}
