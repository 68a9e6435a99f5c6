package io.stockhook.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class OffsetLedgerTests {

    @Test
    void commitsNothingPastAnOpenRecordAndRemembersWhatIsDoneBehindIt() {
        // Given
        OffsetLedger ledger = new OffsetLedger(CommittedOffset.at(100));
        takeAll(ledger, 100, 101, 102);

        // When
        ledger.finish(101);
        ledger.finish(102);

        // Then
        assertThat(ledger.committable()).isEqualTo(new CommittedOffset(100, bits(1, 2)));
        assertThat(ledger.unfinished()).isEqualTo(1);
    }

    @Test
    void commitsPastEverythingOnceTheHeadIsDone() {
        // Given
        OffsetLedger ledger = new OffsetLedger(CommittedOffset.at(100));
        takeAll(ledger, 100, 101, 102);
        ledger.finish(102);
        ledger.finish(101);

        // When
        ledger.finish(100);

        // Then
        assertThat(ledger.committable()).isEqualTo(CommittedOffset.at(103));
        assertThat(ledger.unfinished()).isZero();
    }

    @Test
    void passesOverWhatAFormerOwnerFinished() {
        // Given
        OffsetLedger ledger = new OffsetLedger(new CommittedOffset(100, bits(1)));

        // When
        boolean isOpen = ledger.take(100);
        boolean isFinished = !ledger.take(101);

        // Then
        assertThat(isOpen).isTrue();
        assertThat(isFinished).isTrue();
        assertThat(ledger.take(99)).isFalse();
    }

    @Test
    void countsOffsetsThatDoNotExistAsDone() {
        // Given
        OffsetLedger ledger = new OffsetLedger(CommittedOffset.at(0));
        takeAll(ledger, 5, 6, 9);

        // When
        ledger.finish(6);
        ledger.finish(5);

        // Then
        assertThat(ledger.committable()).isEqualTo(CommittedOffset.at(9));
    }

    @Test
    void commitsPastAnOpenOffsetThatIsGoneWhenTheNextOwnerReads() {
        // Given 100 and 101 were open, 102 done, and a purge has taken 100 out
        OffsetLedger ledger = new OffsetLedger(new CommittedOffset(100, bits(2)));
        takeAll(ledger, 101);

        // When
        ledger.finish(101);

        // Then
        assertThat(ledger.committable()).isEqualTo(CommittedOffset.at(103));
    }

    @Test
    void bearsALeapOfAnyLength() {
        // Given
        OffsetLedger ledger = new OffsetLedger(new CommittedOffset(0, bits(1)));
        takeAll(ledger, 5_000_000_000L);

        // When
        ledger.finish(5_000_000_000L);

        // Then
        assertThat(ledger.committable()).isEqualTo(CommittedOffset.at(5_000_000_001L));
    }

    @Test
    void leavesAReleasedRecordOpenForTheNextOwner() {
        // Given
        OffsetLedger ledger = new OffsetLedger(CommittedOffset.at(100));
        takeAll(ledger, 100, 101);
        ledger.finish(101);

        // When
        ledger.release();

        // Then
        assertThat(ledger.unfinished()).isZero();
        takeAll(ledger, 102);
        assertThat(ledger.committable()).isEqualTo(new CommittedOffset(100, bits(1)));
    }

    @Test
    void leavesTheCommitItBeganFromAsItWas() {
        // Given
        CommittedOffset start = CommittedOffset.at(100);
        OffsetLedger ledger = new OffsetLedger(start);
        takeAll(ledger, 100, 101);

        // When
        ledger.finish(101);

        // Then
        assertThat(start).isEqualTo(CommittedOffset.at(100)).isNotEqualTo(ledger.committable());
    }

    private static void takeAll(OffsetLedger ledger, long... offsets) {
        for (long offset : offsets) {
            assertThat(ledger.take(offset)).isTrue();
        }
    }

    private static BitSet bits(int... indexes) {
        BitSet bits = new BitSet();
        for (int index : indexes) {
            bits.set(index);
        }
        return bits;
    }
}
