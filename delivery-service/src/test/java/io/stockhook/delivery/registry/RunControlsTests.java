package io.stockhook.delivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.delivery.Tasks;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.RunControl;
import io.stockhook.events.log.CompactedRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RunControlsTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant LATER = NOW.plusSeconds(86_400);
    private static final DeliveryTask FIRST_RUN = Tasks.first("evt_1");

    private final RunControls controls = new RunControls(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void lowerRunIsSuperseded() {
        // When
        apply(RunControl.supersede(FIRST_RUN.deliveryId(), 2, NOW, LATER));

        // Then
        assertThat(controls.withdrawalOf(FIRST_RUN)).isEqualTo(new RunControls.Withdrawal("superseded", NOW));
        assertThat(controls.withdrawalOf(FIRST_RUN.ofRun(2, NOW, null))).isNull();
        assertThat(controls.withdrawalOf(Tasks.first("evt_2"))).isNull();
        assertThat(controls.size()).isEqualTo(1);
    }

    @Test
    void cancelledRunIsNotAttemptedButOneBegunAfterItIs() {
        // When
        apply(RunControl.cancel(FIRST_RUN.deliveryId(), 2, NOW, LATER));

        // Then
        assertThat(controls.withdrawalOf(FIRST_RUN.ofRun(2, NOW, null)))
                .isEqualTo(new RunControls.Withdrawal("cancelled", NOW));
        assertThat(controls.withdrawalOf(FIRST_RUN.ofRun(3, NOW, null))).isNull();
    }

    @Test
    void tombstoneEndsIt() {
        // Given
        apply(RunControl.cancel(FIRST_RUN.deliveryId(), 1, NOW, LATER));

        // When
        apply(RunControl.tombstone(FIRST_RUN.deliveryId()));

        // Then
        assertThat(controls.withdrawalOf(FIRST_RUN)).isNull();
        assertThat(controls.size()).isZero();
    }

    @Test
    void whatIsPastItsUseIsNotHeld() {
        // When
        apply(RunControl.cancel(FIRST_RUN.deliveryId(), 1, NOW.minusSeconds(2), NOW.minusSeconds(1)));

        // Then
        assertThat(controls.size()).isZero();
    }

    @Test
    void forgetsWhatWasEndedUnseen() {
        // Given
        DeliveryTask other = Tasks.first("evt_2");
        apply(RunControl.cancel(FIRST_RUN.deliveryId(), 1, NOW, LATER));
        apply(RunControl.cancel(other.deliveryId(), 1, NOW, LATER));

        // When
        controls.retainOnly(Set.of(other.deliveryId()));

        // Then
        assertThat(controls.withdrawalOf(FIRST_RUN)).isNull();
        assertThat(controls.withdrawalOf(other)).isNotNull();
        assertThat(controls.size()).isEqualTo(1);
    }

    @Test
    void entryThatCannotBeReadIsRefusedAndChangesNothing() {
        assertThatThrownBy(() -> controls.apply(new CompactedRecord("rubbish", new byte[] {1}, 0, NOW)))
                .isInstanceOf(MalformedRecordException.class);
        assertThatThrownBy(() -> controls.apply(new CompactedRecord(FIRST_RUN.deliveryId(), new byte[] {1, 2}, 0, NOW)))
                .isInstanceOf(MalformedRecordException.class);
        assertThat(controls.size()).isZero();
    }

    private void apply(RunControl control) {
        apply(control.toRecord());
    }

    private void apply(ProducerRecord<byte[], byte[]> entry) {
        controls.apply(new CompactedRecord(new String(entry.key()), entry.value(), 0, NOW));
    }
}
