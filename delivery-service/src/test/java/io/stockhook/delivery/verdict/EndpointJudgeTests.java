package io.stockhook.delivery.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.stockhook.delivery.Tasks;
import io.stockhook.delivery.dispatch.Attempts;
import io.stockhook.delivery.dispatch.Attempts.Attempted;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.Json;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.FailureStreak;
import io.stockhook.events.log.CompactedRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointJudgeTests {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration SPAN = Duration.ofMinutes(15);
    private static final String ENDPOINT = Tasks.first("evt_1").endpointId();

    private record FixedConfig(int failures, Duration span) implements VerdictConfig {}

    /** The stay of a partition, until it ends. */
    private static final class Stay implements Worker.Assignment {
        private boolean isOver;

        @Override
        public Duration age() {
            return Duration.ZERO;
        }

        @Override
        public boolean isOwned() {
            return !isOver;
        }

        @Override
        public boolean mayBegin() {
            return !isOver;
        }

        @Override
        public boolean isCertain() {
            return !isOver;
        }

        @Override
        public long readTo() {
            return Long.MAX_VALUE;
        }

        @Override
        public void begin() {}

        @Override
        public void end() {}

        @Override
        public boolean isHeldUp() {
            return false;
        }

        @Override
        public int unfinished() {
            return 0;
        }
    }

    private final EndpointRegistry registry = new EndpointRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = START;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Verdicts verdicts = new Verdicts(registry, new FixedConfig(3, SPAN), meters, clock);
    private EndpointJudge judge = verdicts.judge();
    private Stay stay = new Stay();

    @BeforeEach
    void anEndpoint() throws IOException {
        register(1);
    }

    @Test
    void anEndpointIsJudgedOnceWhenItHasFailedTooOftenForTooLong() {
        // Given
        assertThat(fails().verdict()).isNull();
        assertThat(fails().verdict()).isNull();
        now = START.plus(SPAN).minusMillis(1);
        assertThat(fails().verdict()).isNull();

        // When
        now = START.plus(SPAN);
        EndpointVerdict verdict = fails().verdict();

        // Then
        assertThat(verdict)
                .isEqualTo(new EndpointVerdict(
                        ENDPOINT,
                        "ten_1",
                        1,
                        1,
                        EndpointVerdict.CONSECUTIVE_FAILURES,
                        4,
                        START,
                        "http_500",
                        START.plus(SPAN)));
        assertThat(fails().verdict()).isNull();
        assertThat(found(EndpointVerdict.CONSECUTIVE_FAILURES)).isEqualTo(1);
    }

    @Test
    void aSuccessInBetweenBeginsAnew() {
        // Given
        fails();
        fails();
        answers(200);
        now = START.plus(SPAN);

        // When
        EndpointJudge.Judgement judgement = fails();

        // Then
        assertThat(judgement.verdict()).isNull();
        assertThat(streak(judgement)).isEqualTo(new FailureStreak(1, now, 1, 1));
    }

    @Test
    void aNewVersionBeginsAnewAndLiftsTheHold() throws Exception {
        // Given
        answers(410);
        assertThat(isHeld()).isTrue();

        // When
        register(2);

        // Then
        assertThat(isHeld()).isFalse();
        assertThat(streak(fails()).failures()).isEqualTo(1);
    }

    @Test
    void aNewOwnerGoesOnFromTheStreakThatARetryBrings() {
        // Given
        fails();
        DeliveryTask retry = fails().attempted().task().retry(now, now);
        judge = verdicts.judge();
        now = START.plus(SPAN);

        // When
        EndpointVerdict verdict = ends(retry, answer(503)).verdict();

        // Then
        assertThat(verdict)
                .extracting(EndpointVerdict::failures, EndpointVerdict::since)
                .containsExactly(3, START);
    }

    @Test
    void aRetryFromBeforeTheLastSuccessBringsNothing() {
        // Given
        fails();
        DeliveryTask retry = fails().attempted().task().retry(now, now);
        now = now.plusSeconds(1);
        answers(200);
        now = START.plus(Duration.ofHours(12));
        judge.sweep();

        // When
        EndpointJudge.Judgement judgement = ends(retry, answer(500));

        // Then
        assertThat(streak(judgement).failures()).isEqualTo(1);
    }

    @Test
    void whatWasCountedBeforeThePartitionWasAwayIsForgotten() {
        // Given
        fails();
        fails();
        stay.isOver = true;
        stay = new Stay();

        // When
        EndpointJudge.Judgement judgement = fails();

        // Then
        assertThat(streak(judgement).failures()).isEqualTo(1);
    }

    @Test
    void nothingIsFoundOfAnEndpointThatAnotherInstanceOwnsByNow() {
        // Given
        stay.isOver = true;

        // When
        EndpointJudge.Judgement judgement = answers(410);

        // Then
        assertThat(judgement.verdict()).isNull();
        assertThat(isHeld()).isFalse();
    }

    @Test
    void a410IsEnoughAtOnce() {
        // When
        EndpointVerdict verdict = answers(410).verdict();

        // Then
        assertThat(verdict)
                .isEqualTo(new EndpointVerdict(
                        ENDPOINT, "ten_1", 1, 1, EndpointVerdict.GONE, 1, START, "http_410", START));
        assertThat(isHeld()).isTrue();
        assertThat(found(EndpointVerdict.GONE)).isEqualTo(1);
    }

    @Test
    void zeroFailuresSwitchOffAllButThe410() {
        // Given
        judge = new Verdicts(registry, new FixedConfig(0, Duration.ZERO), new SimpleMeterRegistry(), clock).judge();

        // Then
        for (int i = 0; i < 200; i++) {
            assertThat(fails().verdict()).isNull();
        }
        assertThat(answers(410).verdict()).isNotNull();
    }

    @Test
    void anAttemptWithAnEarlierStateOfTheEndpointSaysNothingOfThePresentOne() throws Exception {
        // Given
        DeliveryTask task = Tasks.first("evt_1");
        Attempted attempted = attempted(task, answer(410), 1);
        register(2);

        // When
        EndpointJudge.Judgement judgement = judge.judge(stay, attempted);

        // Then
        assertThat(judgement.verdict()).isNull();
        assertThat(isHeld()).isFalse();
    }

    @Test
    void whatIsOurOwnFaultIsNotCountedAndEndsNoStreak() {
        // Given
        fails();

        // When
        EndpointJudge.Judgement judgement =
                ends(Tasks.first("evt_1"), new Outcome.Failed(ErrorClass.SECRET_UNREADABLE, "why"));

        // Then
        assertThat(judgement.attempted().task().streak()).isNull();
        assertThat(streak(fails()).failures()).isEqualTo(2);
    }

    @Test
    void aHeldEndpointIsSentNothing() {
        // Given
        List<Attempted> ended = new ArrayList<>();
        List<DeliveryTask> sent = new ArrayList<>();
        Attempts attempts = verdicts.heeding(judge, (task, done) -> sent.add(task));
        attempts.attempt(Tasks.first("evt_1"), ended::add);
        answers(410);

        // When
        attempts.attempt(Tasks.first("evt_2"), ended::add);

        // Then
        assertThat(sent).extracting(DeliveryTask::eventId).containsExactly("evt_1");
        assertThat(ended).extracting(Attempted::outcome).containsExactly(new Outcome.Disabled());
        assertThat(ended).extracting(Attempted::url).containsOnlyNulls();
    }

    @Test
    void whatIsIdleLostOrDeletedIsForgotten() throws Exception {
        // Given
        answers(200);
        now = now.plus(Duration.ofMinutes(6));
        judge.sweep();
        assertThat(judge.size()).isZero();
        answers(410);
        assertThat(judge.size()).isEqualTo(2);

        // When
        registry.apply(new CompactedRecord(ENDPOINT, null, 0, START));
        judge.sweep();

        // Then
        assertThat(judge.size()).isZero();
    }

    @Test
    void aStreakOfAnEarlierVersionIsForgotten() throws Exception {
        // Given
        fails();
        register(2);

        // When
        judge.sweep();

        // Then
        assertThat(judge.size()).isZero();
    }

    @Test
    void aStreakIsNotForgottenWhileItLasts() {
        // Given
        fails();
        now = now.plus(Duration.ofDays(30));

        // When
        judge.sweep();

        // Then
        assertThat(streak(fails()).failures()).isEqualTo(2);
    }

    @Test
    void anEndpointIsSuspendedOnceBecauseOfADeliveryThatIsNotToBeOvertaken() {
        // Given
        EndpointJudge.Judgement last = fails();

        // When
        EndpointVerdict verdict = judge.suspend(last).verdict();

        // Then
        assertThat(verdict)
                .isEqualTo(new EndpointVerdict(
                        ENDPOINT, "ten_1", 1, 1, EndpointVerdict.HEAD_EXHAUSTED, 1, START, "http_500", START));
        assertThat(judge.isHeld(registration())).isTrue();
        assertThat(judge.suspend(last).verdict()).isNull();
        assertThat(found(EndpointVerdict.HEAD_EXHAUSTED)).isEqualTo(1);
    }

    private EndpointJudge.Judgement fails() {
        return answers(500);
    }

    private EndpointJudge.Judgement answers(int status) {
        return ends(Tasks.first("evt_1"), answer(status));
    }

    private EndpointJudge.Judgement ends(DeliveryTask task, Outcome outcome) {
        return judge.judge(stay, attempted(task, outcome, registration().version()));
    }

    private Attempted attempted(DeliveryTask task, Outcome outcome, long version) {
        return new Attempted(task, outcome, "https://example.com/", version, now, 1_000, null);
    }

    private static Outcome answer(int status) {
        return new Outcome.Responded(status, null, Map.of(), null);
    }

    private boolean isHeld() {
        return judge.isHeld(registration());
    }

    private double found(String reason) {
        return meters.get(VerdictMetrics.VERDICTS)
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static FailureStreak streak(EndpointJudge.Judgement judgement) {
        return Objects.requireNonNull(judgement.attempted().task().streak());
    }

    private EndpointRegistration registration() {
        return Objects.requireNonNull(registry.find(ENDPOINT)).registration();
    }

    private void register(long version) throws IOException {
        EndpointRegistration registration = EndpointRegistration.builder(
                        ENDPOINT, "ten_1", "https://example.com/", List.of("*"))
                .version(version)
                .build();
        registry.apply(new CompactedRecord(ENDPOINT, Json.write(registration), 0, START));
    }
}
