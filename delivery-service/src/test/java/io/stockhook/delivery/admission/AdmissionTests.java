package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.admission.Admission.Defer;
import io.stockhook.delivery.admission.Admission.Go;
import io.stockhook.delivery.admission.Admission.Load;
import io.stockhook.delivery.admission.Admission.Queue;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AdmissionTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final AdmissionConfig CONFIG = new FixedAdmissionConfig(Duration.ofSeconds(1), 100);
    private static final int LATENCY_MICROS = 200_000;

    @Test
    void aTaskGoesWhileAnAttemptIsFree() {
        assertThat(decide(load(0, 0, Instant.EPOCH), false)).isInstanceOf(Go.class);
        assertThat(decide(load(1, 0, Instant.EPOCH), false)).isInstanceOf(Go.class);
    }

    @Test
    void aTaskQueuesBehindOthersThatWaitAlthoughAnAttemptIsFree() {
        assertThat(decide(load(1, 1, Instant.EPOCH), false)).isInstanceOf(Queue.class);
    }

    @Test
    void aTaskQueuesUpToASecondsExpectedWait() {
        // Two at once and 200 ms each: ten a second.
        assertThat(decide(load(2, 9, Instant.EPOCH), false)).isInstanceOf(Queue.class);
        assertThat(decide(load(2, 10, Instant.EPOCH), false)).isInstanceOf(Defer.class);
    }

    @Test
    void aTaskThatCameBackForItsSlotQueuesWhateverTheExpectedWait() {
        assertThat(decide(load(2, 99, Instant.EPOCH), true)).isInstanceOf(Queue.class);
    }

    @Test
    void nothingQueuesBeyondTheRoomThereIs() {
        assertThat(decide(load(2, 100, Instant.EPOCH), true)).isInstanceOf(Defer.class);
    }

    @Test
    void aDeferralIsForTheExpectedWaitAndASecondAtLeast() {
        assertThat(decide(load(2, 100, Instant.EPOCH), false)).isEqualTo(new Defer(NOW.plusMillis(10_100)));
        assertThat(decide(new Load(2, 2, 100, 1_000, Instant.EPOCH), true)).isEqualTo(new Defer(NOW.plusSeconds(1)));
    }

    @Test
    void aDeferralReservesTheSlotAfterTheLast() {
        // Given
        Instant reserved = NOW.plusSeconds(60);

        // When
        Admission.Verdict verdict = decide(load(2, 100, reserved), false);

        // Then
        assertThat(verdict).isEqualTo(new Defer(reserved.plusMillis(100)));
    }

    private static Load load(int inFlight, int queued, Instant reservedUntil) {
        return new Load(inFlight, 2, queued, LATENCY_MICROS, reservedUntil);
    }

    private static Admission.Verdict decide(Load load, boolean cameBack) {
        return Admission.decide(load, cameBack, CONFIG, NOW);
    }
}
