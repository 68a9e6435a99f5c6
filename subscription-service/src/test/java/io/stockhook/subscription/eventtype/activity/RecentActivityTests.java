package io.stockhook.subscription.eventtype.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.stockhook.subscription.eventtype.activity.RecentActivity.Key;
import org.junit.jupiter.api.Test;

class RecentActivityTests {

    private final RecentActivity recent = new RecentActivity(2);

    @Test
    void keepsTheLatestTimeOfEachTypeOfATenantUntilItIsTaken() {
        // When
        recent.note("ten_1", "a.b", 5);
        recent.note("ten_1", "a.b", 7);
        recent.note("ten_1", "a.b", 6);
        recent.note("ten_2", "a.b", 1);

        // Then
        assertThat(recent.take()).containsOnly(entry(new Key("ten_1", "a.b"), 7L), entry(new Key("ten_2", "a.b"), 1L));
        assertThat(recent.take()).isEmpty();
    }

    @Test
    void passesOverWhatThereIsNoRoomFor() {
        // Given
        recent.note("ten_1", "a.b", 1);
        recent.note("ten_1", "a.c", 1);

        // When
        recent.note("ten_1", "a.d", 1);
        recent.note("ten_1", "a.c", 2);

        // Then
        assertThat(recent.passedOver()).isEqualTo(1);
        assertThat(recent.take()).containsOnlyKeys(new Key("ten_1", "a.b"), new Key("ten_1", "a.c"));
    }
}
