package io.stockhook.delivery.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.delivery.Tasks;
import io.stockhook.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelayLadderTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final DelayLadder LADDER = new DelayLadder(List.of(
            Duration.ofHours(4),
            Duration.ofSeconds(1),
            Duration.ofSeconds(90),
            Duration.ofMillis(500),
            Duration.ofMinutes(15)));

    @Test
    void namesATierByItsDelay() {
        assertThat(LADDER.tiers())
                .extracting(DelayLadder.Tier::topic)
                .containsExactly(
                        "stockhook.deliveries.delay.4h",
                        "stockhook.deliveries.delay.15m",
                        "stockhook.deliveries.delay.90s",
                        "stockhook.deliveries.delay.1s",
                        "stockhook.deliveries.delay.500ms");
    }

    @ParameterizedTest
    @CsvSource({
        "PT100H,    4h",
        "PT4H,      4h",
        "PT3H59M,   15m",
        "PT15M,     15m",
        "PT14M59S,  90s",
        "PT1.999S,  1s",
        "PT1S,      1s",
        "PT0.999S,  500ms",
        "PT0.499S,  500ms",
        "PT0.001S,  500ms"
    })
    void aTaskGoesToTheLargestTierThatIsNotLongerElseToTheShortest(Duration remaining, String tier) {
        // When
        String topic = new Schedule(LADDER, unused -> 1)
                .recordOf(Tasks.of("evt_1", 1, NOW.plus(remaining)), NOW)
                .topic();

        // Then
        assertThat(topic).isEqualTo(Topics.DELAY_PREFIX + tier);
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-0.001S", "PT-100H"})
    void aTaskThatIsDueGoesToTheTasksTopic(Duration remaining) {
        assertThat(new Schedule(LADDER, unused -> 1)
                        .recordOf(Tasks.of("evt_1", 1, NOW.plus(remaining)), NOW)
                        .topic())
                .isEqualTo(Topics.TASKS);
    }

    @Test
    void refusesALadderWithoutTiersOrWithTwoOfOneNameOrTooShortOnes() {
        assertRefused();
        assertRefused(Duration.ofSeconds(60), Duration.ofMinutes(1));
        assertRefused(Duration.ofSeconds(1), Duration.ofSeconds(1).plusNanos(1));
        assertRefused(Duration.ofMillis(99));
        assertRefused(Duration.ZERO);
        assertRefused(Duration.ofSeconds(-1));
    }

    private static void assertRefused(Duration... delays) {
        assertThatThrownBy(() -> new DelayLadder(List.of(delays))).isInstanceOf(IllegalArgumentException.class);
    }
}
