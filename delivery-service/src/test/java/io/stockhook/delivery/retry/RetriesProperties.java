package io.stockhook.delivery.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.Tasks;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class RetriesProperties {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RetryPolicy PLATFORM =
            new RetryPolicy(List.of(Duration.ofMinutes(1)), 0.05, Duration.ofHours(12));

    @Property(tries = 500)
    void anyOutcomesEndAfterAtMostThePolicysRetries(
            @ForAll("outcomes") List<Outcome> outcomes, @ForAll @IntRange(max = 20) int retries) {
        // Given
        RetryPolicy policy = RetryPolicy.of(new EndpointRegistration.RetryConfig(retries, 1_000, 2, null), PLATFORM);
        DeliveryTask task = Tasks.first("evt_1");
        int attempts = 0;

        // When
        for (Outcome outcome : outcomes) {
            attempts++;
            if (!(Retries.decide(task, outcome, policy, NOW) instanceof Decision.RetryAt retry)) {
                break;
            }
            assertThat(retry.at()).isAfterOrEqualTo(NOW);
            assertThat(retry.reason()).isEqualTo(Retries.errorClass(outcome));
            task = task.retry(retry.at(), NOW);
        }

        // Then
        assertThat(attempts).isLessThanOrEqualTo(retries + 1);
    }

    @Property(tries = 500)
    void aDelayIsSpreadWithinItsBoundsAndTheSameEachTime(
            @ForAll @LongRange(max = 604_800_000) long delayMs,
            @ForAll @DoubleRange(max = 1) double jitter,
            @ForAll String eventId) {
        // Given
        RetryPolicy policy = new RetryPolicy(List.of(Duration.ofMillis(delayMs)), jitter, Duration.ZERO);
        DeliveryTask task = Tasks.first(eventId);
        Outcome failure = new Outcome.Failed(ErrorClass.TIMEOUT, "too slow");

        // When
        Decision decision = Retries.decide(task, failure, policy, NOW);

        // Then
        long waitMs = Duration.between(NOW, ((Decision.RetryAt) decision).at()).toMillis();
        assertThat((double) waitMs).isBetween(delayMs * (1 - jitter) - 1, delayMs * (1 + jitter) + 1);
        assertThat(Retries.decide(task, failure, policy, NOW)).isEqualTo(decision);
    }

    @Property(tries = 1000)
    void anyRetryConfigHoweverWrongGivesAPolicyThatCanBeFollowed(
            @ForAll int maxRetries,
            @ForAll long delayMs,
            @ForAll("multipliers") double multiplier,
            @ForAll long maxDelayMs) {
        // Given
        EndpointRegistration.RetryConfig own =
                new EndpointRegistration.RetryConfig(maxRetries, delayMs, multiplier, maxDelayMs);

        // When
        RetryPolicy policy = RetryPolicy.of(own, PLATFORM);

        // Then
        assertThat(policy.delays())
                .hasSize(Math.max(0, Math.min(50, maxRetries)))
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ZERO, Duration.ofDays(365)));
        DeliveryTask task = Tasks.first("evt_1");
        for (int attempt = 1; attempt <= policy.delays().size(); attempt++) {
            Decision decision = Retries.decide(task, new Outcome.Failed(ErrorClass.TIMEOUT, "too slow"), policy, NOW);
            Instant at = ((Decision.RetryAt) decision).at();
            assertThat(at).isAfterOrEqualTo(NOW);
            task = task.retry(at, NOW);
            assertThat(DeliveryTask.due(task.toRecord("topic").headers())).isEqualTo(at);
        }
    }

    @Provide
    Arbitrary<List<Outcome>> outcomes() {
        Arbitrary<Outcome> answers = Arbitraries.integers()
                .between(300, 599)
                .filter(status -> status != 410)
                .map(status -> new Outcome.Responded(status, Duration.ofSeconds(status), Map.of(), null));
        Arbitrary<Outcome> failures =
                Arbitraries.of(ErrorClass.class).map(errorClass -> new Outcome.Failed(errorClass, "why"));
        return Arbitraries.oneOf(answers, failures).list().ofSize(30);
    }

    @Provide
    Arbitrary<Double> multipliers() {
        return Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e308));
    }
}
