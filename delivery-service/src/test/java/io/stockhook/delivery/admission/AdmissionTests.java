package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.admission.Admission.Defer;
import io.stockhook.delivery.admission.Admission.Go;
import io.stockhook.delivery.admission.Admission.Load;
import io.stockhook.delivery.admission.Admission.Queue;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AdmissionTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final AdmissionConfig CONFIG = FixedAdmissionConfig.DEFAULT;
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
    void aTaskQueuesWhileNothingIsKnownOfTheEndpoint() {
        assertThat(decide(new Load(2, 2, 5_000, 0, Instant.EPOCH), false)).isInstanceOf(Queue.class);
    }

    @Test
    void aTaskThatCameBackForItsSlotQueuesFourTimesAsLong() {
        assertThat(decide(load(2, 39, Instant.EPOCH), true)).isInstanceOf(Queue.class);
        assertThat(decide(load(2, 40, Instant.EPOCH), true)).isInstanceOf(Defer.class);
    }

    @Test
    void anEndpointThatIsHeldBackTakesOnlyWhatCameBack() {
        Load idle = load(0, 0, Instant.EPOCH);
        assertThat(Admission.decide(idle, true, 0, CONFIG, NOW)).isInstanceOf(Defer.class);
        assertThat(Admission.decide(idle, true, 1, CONFIG, NOW)).isInstanceOf(Queue.class);
    }

    @Test
    void aDeferralIsForWhenTheQueueIsEmptyAndASecondAtLeast() {
        assertThat(decide(load(2, 100, Instant.EPOCH), false)).isEqualTo(new Defer(NOW.plusSeconds(4), true));
        assertThat(Admission.defer(new Load(0, 2, 0, 1_000, Instant.EPOCH), 0, CONFIG, NOW))
                .isEqualTo(new Defer(NOW.plusSeconds(1), true));
    }

    @Test
    void aDeferralReservesTheSlotAfterTheLastWithATenthToSpare() {
        // Given
        Instant reserved = NOW.plusSeconds(10);

        // When
        Admission.Verdict verdict = decide(load(2, 100, reserved), false);

        // Then
        assertThat(verdict).isEqualTo(new Defer(reserved.plusMillis(110), true));
    }

    @Test
    void aSlotTooFarAheadIsNotReservedAndTheTaskAsksAgainAfterTwiceAsLongEachTime() {
        Load backlogged = load(2, 100, NOW.plusSeconds(3_600));
        assertThat(Admission.decide(backlogged, false, 0, CONFIG, NOW))
                .isEqualTo(new Defer(NOW.plusSeconds(15), false));
        assertThat(Admission.decide(backlogged, false, 1, CONFIG, NOW))
                .isEqualTo(new Defer(NOW.plusSeconds(30), false));
        assertThat(Admission.decide(backlogged, false, 8, CONFIG, NOW))
                .isEqualTo(new Defer(NOW.plusSeconds(3_600).plusMillis(110), true));
    }

    private static Load load(int inFlight, int queued, Instant reservedUntil) {
        return new Load(inFlight, 2, queued, LATENCY_MICROS, reservedUntil);
    }

    private static Admission.Verdict decide(Load load, boolean cameBack) {
        return Admission.decide(load, false, cameBack ? 1 : 0, CONFIG, NOW);
    }
}
