package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.Tasks;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentTasksTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final RecentTasks recent = new RecentTasks();

    @Test
    void knowsATwin() {
        assertThat(recent.add(Tasks.first("evt_1"))).isTrue();
        assertThat(recent.add(Tasks.first("evt_1"))).isFalse();
        assertThat(recent.add(Tasks.first("evt_2"))).isTrue();
    }

    @Test
    void theNextAttemptAndTheReturnFromADeferralAreNoTwins() {
        // Given
        DeliveryTask first = Tasks.first("evt_1");
        recent.add(first);

        // Then
        assertThat(recent.add(first.deferred(NOW))).isTrue();
        assertThat(recent.add(first.deferred(NOW).deferred(NOW))).isTrue();
        assertThat(recent.add(first.retry(NOW, NOW))).isTrue();
        assertThat(recent.add(first.retry(NOW, NOW).deferred(NOW))).isTrue();
        assertThat(recent.add(first.deferred(NOW))).isFalse();
    }

    @Test
    void knowsTheLatestAndForgetsTheOldest() {
        // When
        for (int i = 0; i < 3 * RecentTasks.KEYS_PER_GENERATION; i++) {
            assertThat(recent.add(Tasks.first("evt_" + i))).isTrue();
        }

        // Then
        for (int i = 2 * RecentTasks.KEYS_PER_GENERATION; i < 3 * RecentTasks.KEYS_PER_GENERATION; i++) {
            assertThat(recent.add(Tasks.first("evt_" + i))).isFalse();
        }
        assertThat(recent.add(Tasks.first("evt_0"))).isTrue();
    }
}
