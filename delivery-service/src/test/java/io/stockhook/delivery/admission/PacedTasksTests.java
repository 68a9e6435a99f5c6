package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacedTasksTests {

    private final List<Runnable> timers = new ArrayList<>();
    private final List<String> released = new ArrayList<>();
    private final PacedTasks<String> paced = new PacedTasks<>((milliseconds, what) -> timers.add(what), released::add);

    @Test
    void tasksAreReleasedInTheOrderOfTheirSlots() {
        // Given
        long now = System.nanoTime();
        paced.add(now - 1, "second");
        paced.add(now - 2, "first");
        paced.add(now + TimeUnit.HOURS.toNanos(1), "later");

        // When
        timers.get(0).run();

        // Then
        assertThat(released).containsExactly("first", "second");
    }

    @Test
    void taskWithAnEarlierSlotHasATimerOfItsOwn() {
        // Given
        long now = System.nanoTime();
        paced.add(now + TimeUnit.HOURS.toNanos(2), "later");
        paced.add(now + TimeUnit.HOURS.toNanos(3), "much later");

        // When
        paced.add(now + TimeUnit.HOURS.toNanos(1), "sooner");

        // Then
        assertThat(timers).hasSize(2);
    }

    @Test
    void whatIsTakenOutIsNotReleased() {
        // Given
        long now = System.nanoTime();
        paced.add(now - 1, "leaving");
        paced.add(now - 1, "staying");

        // When
        int removed = paced.removeIf(task -> task.equals("leaving"));
        timers.get(0).run();

        // Then
        assertThat(removed).isEqualTo(1);
        assertThat(released).containsExactly("staying");
    }
}
