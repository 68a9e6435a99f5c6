package io.stockhook.delivery.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stockhook.delivery.Tasks;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.RetryConditions;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(12);
    private static final List<Duration> SCHEDULE = List.of(
            Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofHours(2), Duration.ofHours(12));
    private static final RetryPolicy EXACT = new RetryPolicy(SCHEDULE, 0, MAX_RETRY_AFTER);

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void a2xxIsDelivered(int status) {
        assertThat(decide(1, answer(status, null))).isEqualTo(new Decision.Delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 300, 301, 302, 307, 308, 400, 401, 404, 408, 409, 413, 429, 500, 502, 503, 504, 599})
    void anythingElseIsAFailureARedirectToo(int status) {
        assertThat(decide(1, answer(status, null))).isEqualTo(new Decision.RetryAt(NOW, "http_" + status));
    }

    @Test
    void a410IsTheEndWhateverIsLeftOfThePolicy() {
        assertThat(decide(1, answer(410, null))).isEqualTo(new Decision.Dead(Retries.ENDPOINT_GONE));
    }

    @Test
    void anEndpointThatWasDeletedIsDroppedAndADisabledOneHeld() {
        assertThat(decide(9, new Outcome.Gone())).isEqualTo(new Decision.Dropped(Retries.ENDPOINT_DELETED));
        assertThat(decide(9, new Outcome.Disabled())).isEqualTo(new Decision.Held(Retries.ENDPOINT_DISABLED));
    }

    @ParameterizedTest
    @CsvSource({"1, PT0S", "2, PT1M", "3, PT15M", "4, PT2H", "5, PT12H"})
    void eachFailedAttemptIsFollowedByTheNextDelayOfTheSchedule(int attempt, Duration delay) {
        assertThat(decide(attempt, timeout())).isEqualTo(new Decision.RetryAt(NOW.plus(delay), "timeout"));
    }

    @Test
    void theAttemptAfterTheLastRetryIsTheEnd() {
        assertThat(decide(6, timeout())).isEqualTo(new Decision.Dead(Retries.RETRIES_EXHAUSTED));
        assertThat(decide(7, answer(500, null))).isEqualTo(new Decision.Dead(Retries.RETRIES_EXHAUSTED));
        assertThat(decide(6, answer(200, null))).isEqualTo(new Decision.Delivered());
    }

    @ParameterizedTest
    @CsvSource({
        "429, PT30S,     PT1M",
        "429, PT5M,      PT5M",
        "503, PT5M,      PT5M",
        "503, PT12H,     PT12H",
        "503, PT12H1S,   PT12H",
        "429, PT999999H, PT12H",
        "500, PT5M,      PT1M",
        "404, PT5M,      PT1M"
    })
    void retryAfterIsHonouredWhereItMeansSomethingAndUpToABound(int status, Duration retryAfter, Duration expected) {
        assertThat(decide(2, answer(status, retryAfter)))
                .isEqualTo(new Decision.RetryAt(NOW.plus(expected), "http_" + status));
    }

    @Test
    void retryAfterGrantsNoRetryBeyondThePolicy() {
        assertThat(decide(6, answer(429, Duration.ofSeconds(1))))
                .isEqualTo(new Decision.Dead(Retries.RETRIES_EXHAUSTED));
    }

    @Test
    void whatFailedTogetherDoesNotReturnTogether() {
        // Given
        RetryPolicy jittered = new RetryPolicy(List.of(Duration.ofSeconds(1000)), 0.1, MAX_RETRY_AFTER);

        // When
        double[] delays = IntStream.range(0, 1_000)
                .mapToObj(i -> Retries.decide(Tasks.first("evt_" + i), timeout(), jittered, NOW, NOW))
                .mapToDouble(decision -> Duration.between(NOW, ((Decision.RetryAt) decision).at())
                        .toMillis())
                .toArray();

        // Then
        assertThat(Arrays.stream(delays).distinct().count()).isGreaterThan(900);
        assertThat(Arrays.stream(delays).average().orElseThrow()).isCloseTo(1_000_000, within(10_000.0));
        assertThat(Arrays.stream(delays).min().orElseThrow()).isBetween(900_000.0, 910_000.0);
        assertThat(Arrays.stream(delays).max().orElseThrow()).isBetween(1_090_000.0, 1_100_000.0);
    }

    @Test
    void anEndpointsOwnPolicyGrowsByItsMultiplierUpToItsLongestDelay() {
        // When
        RetryPolicy policy = RetryPolicy.of(new EndpointRegistration.RetryConfig(5, 1_000, 3, 10_000L), EXACT);

        // Then
        assertThat(policy.delays())
                .extracting(Duration::toMillis)
                .containsExactly(1_000L, 3_000L, 9_000L, 10_000L, 10_000L);
        assertThat(policy.jitter()).isEqualTo(EXACT.jitter());
        assertThat(policy.maxRetryAfter()).isEqualTo(EXACT.maxRetryAfter());
    }

    @Test
    void aDelayWithoutALongestOfItsOwnGrowsToADay() {
        // When
        RetryPolicy policy = RetryPolicy.of(new EndpointRegistration.RetryConfig(50, 60_000, 10, null), EXACT);

        // Then
        assertThat(policy.delays()).hasSize(50).last().isEqualTo(Duration.ofDays(1));
    }

    @Test
    void anEndpointWithoutAPolicyHasThePlatforms() {
        assertThat(RetryPolicy.of(null, EXACT)).isSameAs(EXACT);
    }

    @Test
    void aScheduleOfTheEndpointsOwnIsFollowedToItsEnd() {
        // When
        RetryPolicy policy = RetryPolicy.of(
                new EndpointRegistration.RetryConfig(
                        null, null, null, null, List.of(5_000L, 0L, 60_000L), 0.5, null, null, null),
                EXACT);

        // Then
        assertThat(policy.delays()).extracting(Duration::toMillis).containsExactly(5_000L, 0L, 60_000L);
        assertThat(policy.jitter()).isEqualTo(0.5);
    }

    @Test
    void aPolicyWithoutDelaysHasThePlatforms() {
        assertThat(own(List.of("5xx"), null, null).delays()).isEqualTo(SCHEDULE);
    }

    @ParameterizedTest
    @CsvSource({"500, true", "599, true", "429, true", "428, false", "404, false", "302, false"})
    void aStatusIsRetriedIfThePolicyNamesItOrItsClass(int status, boolean isRetried) {
        // When
        Decision decision = decide(2, answer(status, null), own(List.of("5xx", "429", "timeout"), null, null));

        // Then
        assertThat(decision)
                .isEqualTo(
                        isRetried
                                ? new Decision.RetryAt(NOW.plus(Duration.ofMinutes(1)), "http_" + status)
                                : new Decision.Dead(Retries.NOT_RETRYABLE));
    }

    @ParameterizedTest
    @EnumSource(ErrorClass.class)
    void aFailureWithoutAResponseIsRetriedIfThePolicyNamesItOrItIsOurOwn(ErrorClass errorClass) {
        // Given
        Outcome failure = new Outcome.Failed(errorClass, "why");
        boolean isNameable = RetryConditions.isCondition(errorClass.code());

        // When
        Decision unnamed = decide(2, failure, own(List.of("5xx"), null, null));
        Decision named = decide(2, failure, own(List.of(errorClass.code()), null, null));

        // Then
        assertThat(isNameable).isEqualTo(errorClass.isOfTheEndpoint());
        assertThat(unnamed.reason()).isEqualTo(isNameable ? Retries.NOT_RETRYABLE : errorClass.code());
        assertThat(named.reason()).isEqualTo(errorClass.code());
    }

    @Test
    void a410IsTheEndEvenIfItsClassIsNamed() {
        assertThat(decide(1, answer(410, null), own(List.of("4xx"), null, null)))
                .isEqualTo(new Decision.Dead(Retries.ENDPOINT_GONE));
    }

    @Test
    void retryAfterIsNotAskedWhereTheEndpointsPolicySaysSo() {
        assertThat(decide(2, answer(429, Duration.ofMinutes(5)), own(null, false, null)))
                .isEqualTo(new Decision.RetryAt(NOW.plus(Duration.ofMinutes(1)), "http_429"));
    }

    @ParameterizedTest
    @CsvSource({"2, PT59.999S, false", "2, PT1M, true", "4, PT1H, false", "4, P1D, true"})
    void noRetryIsDueLaterThanThePolicyAllowsAfterTheFirstAttempt(int attempt, Duration max, boolean isRetried) {
        assertThat(decide(attempt, timeout(), own(null, null, max)).reason())
                .isEqualTo(isRetried ? "timeout" : Retries.MAX_DURATION_EXCEEDED);
    }

    @Test
    void theSpreadOfADelayCostsNoRetry() {
        // Given
        RetryPolicy spread =
                new RetryPolicy(List.of(Duration.ofMinutes(1)), 0.5, MAX_RETRY_AFTER, null, Duration.ofMinutes(1));

        // When
        List<Decision> decisions = IntStream.range(0, 100)
                .mapToObj(i -> Retries.decide(Tasks.first("evt_" + i), timeout(), spread, NOW, NOW))
                .toList();

        // Then
        assertThat(decisions).allSatisfy(decision -> assertThat(((Decision.RetryAt) decision).at())
                .isBetween(NOW.plusSeconds(30), NOW.plusSeconds(60)));
    }

    @Test
    void theTimeSinceTheFirstAttemptOfTheRunCounts() {
        // Given
        DeliveryTask second = Tasks.of("evt_1", 1, NOW).retry(NOW, NOW.minus(Duration.ofMinutes(10)));

        // When
        Decision decision = Retries.decide(second, timeout(), own(null, null, Duration.ofMinutes(10)), NOW, NOW);

        // Then
        assertThat(decision).isEqualTo(new Decision.Dead(Retries.MAX_DURATION_EXCEEDED));
    }

    @Test
    void noRetriesMeansOneAttempt() {
        // Given
        RetryPolicy none = RetryPolicy.of(new EndpointRegistration.RetryConfig(0, 1_000, 2, null), EXACT);

        // When
        Decision decision = Retries.decide(Tasks.first("evt_1"), timeout(), none, NOW, NOW);

        // Then
        assertThat(decision).isEqualTo(new Decision.Dead(Retries.RETRIES_EXHAUSTED));
    }

    private static Decision decide(int attempt, Outcome outcome) {
        return decide(attempt, outcome, EXACT);
    }

    private static Decision decide(int attempt, Outcome outcome, RetryPolicy policy) {
        return Retries.decide(Tasks.of("evt_1", attempt, NOW), outcome, policy, NOW, NOW);
    }

    /** The platform's delays with conditions of the endpoint's own. */
    private static RetryPolicy own(
            @Nullable List<String> retryOn, @Nullable Boolean respectRetryAfter, @Nullable Duration maxDuration) {
        Long maxDurationMs = maxDuration == null ? null : maxDuration.toMillis();
        return RetryPolicy.of(
                new EndpointRegistration.RetryConfig(
                        null, null, null, null, null, null, retryOn, respectRetryAfter, maxDurationMs),
                EXACT);
    }

    private static Outcome answer(int status, @Nullable Duration retryAfter) {
        return new Outcome.Responded(status, retryAfter, Map.of(), null);
    }

    private static Outcome timeout() {
        return new Outcome.Failed(ErrorClass.TIMEOUT, "too slow");
    }
}
