package io.stockhook.delivery.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.Tasks;
import io.stockhook.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class DelayLadderProperties {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final long MONTH_MS = 31L * 24 * 3_600_000;
    private static final List<Duration> DEFAULT_TIERS = Stream.of(
                    "1s", "5s", "15s", "1m", "5m", "15m", "1h", "4h", "12h")
            .map(text -> Duration.parse("PT" + text))
            .toList();

    /** How late a record may be appended to a tier, and noticed when it surfaces, in this model. */
    private static final int SLOWNESS_MS = 20;

    @Property(tries = 1000)
    void aTaskSurfacesNeverBeforeItIsDueAndAtMostTheShortestTierLate(
            @ForAll @LongRange(max = MONTH_MS) long aheadMs, @ForAll Random random) {
        assertWalk(new DelayLadder(DEFAULT_TIERS), Duration.ofMillis(aheadMs), random);
    }

    @Property(tries = 500)
    void soItDoesOnAnyLadder(
            @ForAll @Size(min = 1, max = 6) Set<@IntRange(min = 1_000, max = 3_600_000) Integer> tiersMs,
            @ForAll @LongRange(max = 24 * 3_600_000) long aheadMs,
            @ForAll Random random) {
        assertWalk(
                new DelayLadder(tiersMs.stream().map(Duration::ofMillis).toList()), Duration.ofMillis(aheadMs), random);
    }

    @Property(tries = 300)
    void theTierIsTheLargestThatFits(@ForAll @LongRange(min = 1_000, max = MONTH_MS) long remainingMs) {
        // Given
        Duration remaining = Duration.ofMillis(remainingMs);
        DelayLadder ladder = new DelayLadder(DEFAULT_TIERS);

        // When
        Duration chosen = ladder.tierFor(remaining).orElseThrow().delay();

        // Then
        assertThat(chosen)
                .isEqualTo(DEFAULT_TIERS.stream()
                        .filter(tier -> tier.compareTo(remaining) <= 0)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    /** Walks a task through the ladder as the wheel does, on brokers and threads that are a little slow. */
    private static void assertWalk(DelayLadder ladder, Duration ahead, Random random) {
        // Given
        Instant due = NOW.plus(ahead);
        Instant now = NOW;
        long hops = 0;

        // When
        String topic = new Schedule(ladder, unused -> 1)
                .recordOf(Tasks.of("evt_1", 1, due), now)
                .topic();
        while (!topic.equals(Topics.TASKS)) {
            hops++;
            now = now.plus(delayOf(ladder, topic)).plusMillis(random.nextInt(SLOWNESS_MS + 1));
            Optional<DelayLadder.Tier> next =
                    due.isAfter(now) ? ladder.tierFor(Duration.between(now, due)) : Optional.empty();
            topic = next.map(DelayLadder.Tier::topic).orElse(Topics.TASKS);
            if (next.isEmpty() && due.isAfter(now)) {
                now = due; // less than the shortest tier is left: the wheel holds it until then
            }
        }

        // Then
        assertThat(now).isAfterOrEqualTo(due);
        assertThat(Duration.between(due, now))
                .isLessThanOrEqualTo(ladder.shortest().delay().plusMillis(SLOWNESS_MS));
        assertThat(hops).isLessThanOrEqualTo(mostHops(ladder, ahead));
    }

    private static Duration delayOf(DelayLadder ladder, String topic) {
        return ladder.tiers().stream()
                .filter(tier -> tier.topic().equals(topic))
                .findFirst()
                .orElseThrow()
                .delay();
    }

    /** As often through the longest tier as it fits, then through each other as often as it fits into the next longer one. */
    private static long mostHops(DelayLadder ladder, Duration ahead) {
        long hops = 1;
        Duration whole = ahead;
        for (DelayLadder.Tier tier : ladder.tiers()) {
            hops += whole.dividedBy(tier.delay());
            whole = tier.delay();
        }
        return hops;
    }
}
