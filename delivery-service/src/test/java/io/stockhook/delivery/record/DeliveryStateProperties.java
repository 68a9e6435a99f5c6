package io.stockhook.delivery.record;

import static io.stockhook.delivery.testing.AttemptBuilder.attemptOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.testing.AttemptBuilder;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DeliveryStateProperties {

    private static final Instant EVENT_TIME = Instant.parse("2026-01-31T12:00:00Z");

    @Property(tries = 300)
    void doesNotDependOnTheOrderOrRepetitionOfAttempts(
            @ForAll("attemptsOfOneDelivery") List<DeliveryAttempt> attempts, @ForAll Random random) {
        List<DeliveryAttempt> shuffled = new ArrayList<>(attempts);
        shuffled.addAll(attempts);
        Collections.shuffle(shuffled, random);

        assertThat(after(shuffled)).isEqualTo(after(attempts));
    }

    @Property(tries = 300)
    void isDeliveredIfAnyAttemptOfItsLastRunDelivered(@ForAll("attemptsOfOneDelivery") List<DeliveryAttempt> attempts) {
        int lastRun = attempts.stream().mapToInt(DeliveryAttempt::run).max().orElseThrow();
        boolean delivered =
                attempts.stream().anyMatch(attempt -> attempt.run() == lastRun && attempt.next() == Next.DELIVERED);

        assertThat(after(attempts).status().equals("delivered")).isEqualTo(delivered);
    }

    @Example
    void ofTwoOpenAttemptsTheHigherDecides() {
        assertThat(after(List.of(attempt(1, 3, Next.RETRY), attempt(1, 2, Next.RETRY)))
                        .attempts())
                .isEqualTo(3);
    }

    @Example
    void aNewRunReopensWhatWasDead() {
        assertThat(after(List.of(attempt(1, 6, Next.DEAD), attempt(2, 1, Next.RETRY)))
                        .status())
                .isEqualTo("retrying");
    }

    @Example
    void anAttemptThatFoundItsEndpointDisabledIsNoPost() {
        assertThat(after(List.of(attempt(1, 2, Next.HELD))).attempts()).isEqualTo(1);
    }

    @Property(tries = 100)
    void thatARunIsScheduledHidesNoneOfItsAttempts(@ForAll("attemptsOfOneDelivery") List<DeliveryAttempt> attempts) {
        // Given
        DeliveryAttempt last = attempts.get(attempts.size() - 1);
        List<DeliveryAttempt> withEntry = new ArrayList<>(attempts);
        withEntry.add(builder(last.run(), 0, Next.SCHEDULED)
                .startedAt(EVENT_TIME.plusSeconds(60))
                .build());

        // Then
        assertThat(after(withEntry)).isEqualTo(after(attempts));
    }

    @Example
    void aRunThatIsScheduledReopensWhatWasDeadAndHasMadeNoPost() {
        DeliveryState state = after(List.of(attempt(1, 6, Next.DEAD), attempt(2, 0, Next.SCHEDULED)));

        assertThat(state.status()).isEqualTo("scheduled");
        assertThat(state.attempts()).isZero();
    }

    @Provide
    Arbitrary<List<DeliveryAttempt>> attemptsOfOneDelivery() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(Next.class),
                        Arbitraries.integers().between(0, 5))
                .as((run, number, next, second) -> builder(run, number, next)
                        .startedAt(EVENT_TIME.plusSeconds(second))
                        .build())
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .uniqueElements(attempt -> List.of(attempt.run(), attempt.attempt(), attempt.startedAt()));
    }

    private static DeliveryState after(List<DeliveryAttempt> attempts) {
        return attempts.stream()
                .map(DeliveryState::new)
                .reduce(DeliveryState::moreDecisive)
                .orElseThrow();
    }

    private static DeliveryAttempt attempt(int run, int number, Next next) {
        return builder(run, number, next).build();
    }

    private static AttemptBuilder builder(int run, int number, Next next) {
        return attemptOf("ten_a")
                .endpoint("wh_a")
                .event("evt_a", "product.updated", EVENT_TIME)
                .number(run, number)
                .outcome(next == Next.DELIVERED ? 200 : 500, next);
    }
}
