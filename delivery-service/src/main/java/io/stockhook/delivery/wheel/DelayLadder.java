package io.stockhook.delivery.wheel;

import io.stockhook.events.Topics;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The tiers of the wheel, each a topic in which every task waits equally long. Pure.
 *
 * <p>A task goes to the largest tier that is not longer than what remains; whatever remains after it goes to a smaller one. So any
 * time ahead takes a handful of hops and no tier ever has to be searched.
 */
public final class DelayLadder {

    /**
     * One rung.
     *
     * @param delay how long a task waits in it
     * @param topic its topic
     */
    public record Tier(Duration delay, String topic) {}

    private final List<Tier> descending;

    /**
     * A ladder of these delays.
     *
     * @throws IllegalArgumentException if there is none, one is shorter than 100 ms, or two are the same to the
     *     millisecond
     */
    public DelayLadder(List<Duration> delays) {
        if (delays.isEmpty()
                || delays.stream().map(Duration::toMillis).distinct().count() != delays.size()) {
            throw new IllegalArgumentException("a ladder needs at least one delay, and each once: " + delays);
        }
        for (Duration delay : delays) {
            if (delay.compareTo(Duration.ofMillis(100)) < 0) {
                throw new IllegalArgumentException("a tier shorter than 100 ms serves nothing: " + delay);
            }
        }
        this.descending = delays.stream()
                .sorted(Comparator.reverseOrder())
                .map(delay -> new Tier(delay, Topics.DELAY_PREFIX + name(delay)))
                .toList();
    }

    /** All tiers, the longest first. */
    public List<Tier> tiers() {
        return descending;
    }

    /** The shortest tier. */
    public Tier shortest() {
        return descending.get(descending.size() - 1);
    }

    /** The largest tier not longer than what remains; empty if even the shortest is. */
    public Optional<Tier> tierFor(Duration remaining) {
        for (Tier tier : descending) {
            if (tier.delay().compareTo(remaining) <= 0) {
                return Optional.of(tier);
            }
        }
        return Optional.empty();
    }

    /** {@code 1s}, {@code 15m}, {@code 4h}: the largest unit that divides the delay. */
    private static String name(Duration delay) {
        long ms = delay.toMillis();
        if (ms % 3_600_000 == 0) {
            return ms / 3_600_000 + "h";
        }
        if (ms % 60_000 == 0) {
            return ms / 60_000 + "m";
        }
        if (ms % 1_000 == 0) {
            return ms / 1_000 + "s";
        }
        return ms + "ms";
    }
}
