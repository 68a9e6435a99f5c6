package io.stockhook.delivery.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.Tasks;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.RetryConditions;
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
import net.jqwik.api.constraints.WithNull;

class RetriesProperties {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RetryPolicy PLATFORM =
            new RetryPolicy(List.of(Duration.ofMinutes(1)), 0.05, Duration.ofHours(12));

    @Property(tries = 500)
    void anyOutcomesEndAfterAtMostThePolicysRetriesAndWithinItsTime(
            @ForAll("outcomes") List<Outcome> outcomes,
            @ForAll @IntRange(max = 20) int retries,
            @ForAll @LongRange(max = 86_400_000) long maxDurationMs) {
        // Given
        RetryPolicy policy = RetryPolicy.of(
                new EndpointRegistration.RetryConfig(retries, 1_000L, 2.0, null, null, null, null, null, maxDurationMs),
                PLATFORM);
        DeliveryTask task = Tasks.first("evt_1");
        Instant now = NOW;
        int attempts = 0;

        // When
        for (Outcome outcome : outcomes) {
            attempts++;
            if (!(Retries.decide(task, outcome, policy, now, now) instanceof Decision.RetryAt retry)) {
                break;
            }
            assertThat(retry.at()).isBetween(now, NOW.plusMillis(maxDurationMs));
            assertThat(retry.reason()).isEqualTo(Retries.errorClass(outcome));
            task = task.retry(retry.at(), NOW);
            now = retry.at();
        }

        // Then
        assertThat(attempts).isLessThanOrEqualTo(retries + 1);
    }

    @Property(tries = 500)
    void aRetryAfterNeverShortensADelay(
            @ForAll @LongRange(max = 604_800_000) long delayMs,
            @ForAll @IntRange(min = 100, max = 999) int status,
            @ForAll @LongRange(max = 604_800) long retryAfterSeconds,
            @ForAll String eventId) {
        // Given
        RetryPolicy policy = new RetryPolicy(List.of(Duration.ofMillis(delayMs)), 0.5, Duration.ofHours(12));
        DeliveryTask task = Tasks.first(eventId);

        // When
        Decision asked = Retries.decide(
                task,
                new Outcome.Responded(status, Duration.ofSeconds(retryAfterSeconds), Map.of(), null),
                policy,
                NOW,
                NOW);

        // Then
        Decision unasked = Retries.decide(task, new Outcome.Responded(status, null, Map.of(), null), policy, NOW, NOW);
        if (asked instanceof Decision.RetryAt retry) {
            Instant without = ((Decision.RetryAt) unasked).at();
            assertThat(retry.at()).isAfterOrEqualTo(without);
            assertThat(retry.at()).isBeforeOrEqualTo(latest(without, NOW.plus(Duration.ofHours(12))));
        } else {
            assertThat(asked).isEqualTo(unasked);
        }
    }

    @Property(tries = 1000)
    void everyOutcomeHasADecisionAndOneThatIsRetriedIsCovered(
            @ForAll("anyOutcomes") Outcome outcome,
            @ForAll("conditions") List<String> retryOn,
            @ForAll @IntRange(min = 1, max = 60) int attempt) {
        // Given
        RetryPolicy policy = new RetryPolicy(PLATFORM.delays(), 0, Duration.ofHours(1), retryOn, Duration.ofHours(1));

        // When
        Decision decision = Retries.decide(Tasks.of("evt_1", attempt, NOW), outcome, policy, NOW, NOW);

        // Then
        assertThat(decision.reason()).isNotBlank();
        if (decision instanceof Decision.RetryAt && Retries.isOfTheEndpoint(outcome)) {
            assertThat(RetryConditions.cover(retryOn, decision.reason())).isTrue();
        }
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
        Decision decision = Retries.decide(task, failure, policy, NOW, NOW);

        // Then
        long waitMs = Duration.between(NOW, ((Decision.RetryAt) decision).at()).toMillis();
        assertThat((double) waitMs).isBetween(delayMs * (1 - jitter) - 1, delayMs * (1 + jitter) + 1);
        assertThat(Retries.decide(task, failure, policy, NOW, NOW)).isEqualTo(decision);
    }

    @Property(tries = 1000)
    void anyRetryConfigHoweverWrongGivesAPolicyThatCanBeFollowed(
            @ForAll @WithNull(0.2) Integer maxRetries,
            @ForAll long delayMs,
            @ForAll("multipliers") double multiplier,
            @ForAll long maxDelayMs,
            @ForAll @WithNull(0.5) List<@WithNull(0.1) Long> scheduleMs,
            @ForAll("multipliers") double jitter,
            @ForAll @WithNull(0.5) Long maxDurationMs) {
        // Given
        EndpointRegistration.RetryConfig own = new EndpointRegistration.RetryConfig(
                maxRetries, delayMs, multiplier, maxDelayMs, scheduleMs, jitter, null, null, maxDurationMs);

        // When
        RetryPolicy policy = RetryPolicy.of(own, PLATFORM);

        // Then
        assertThat(policy.delays()).hasSizeLessThanOrEqualTo(50).allSatisfy(delay -> assertThat(delay)
                .isBetween(Duration.ZERO, Duration.ofDays(365)));
        assertThat(policy.jitter()).isBetween(0.0, 1.0);
        DeliveryTask task = Tasks.first("evt_1");
        for (int attempt = 1; attempt <= policy.delays().size(); attempt++) {
            Decision decision =
                    Retries.decide(task, new Outcome.Failed(ErrorClass.TIMEOUT, "too slow"), policy, NOW, NOW);
            if (!(decision instanceof Decision.RetryAt retry)) {
                assertThat(decision.reason()).isEqualTo(Retries.MAX_DURATION_EXCEEDED);
                break;
            }
            assertThat(retry.at()).isAfterOrEqualTo(NOW);
            task = task.retry(retry.at(), NOW);
            assertThat(DeliveryTask.due(task.toRecord("topic").headers())).isEqualTo(retry.at());
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
    Arbitrary<Outcome> anyOutcomes() {
        Arbitrary<Outcome> answers = Arbitraries.integers()
                .between(100, 999)
                .map(status -> new Outcome.Responded(status, Duration.ofSeconds(status), Map.of(), null));
        Arbitrary<Outcome> failures =
                Arbitraries.of(ErrorClass.class).map(errorClass -> new Outcome.Failed(errorClass, "why"));
        return Arbitraries.oneOf(answers, failures, Arbitraries.of(new Outcome.Gone(), new Outcome.Disabled()));
    }

    @Provide
    Arbitrary<List<String>> conditions() {
        return Arbitraries.of("3xx", "4xx", "5xx", "404", "429", "503", "timeout", "connection_error", "dns_error")
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<Double> multipliers() {
        return Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e308));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
