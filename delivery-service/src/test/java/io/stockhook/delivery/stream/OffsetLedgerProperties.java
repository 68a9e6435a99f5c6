package io.stockhook.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class OffsetLedgerProperties {

    /** Owners one after the other of a log with gaps, each taking, finishing in any order, committing and giving way. */
    @Property(tries = 1000)
    void noRecordIsLostOrDoneTwiceAcrossAnyOwners(
            @ForAll @LongRange(max = 1L << 40) long start,
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 4) Integer> gaps,
            @ForAll @IntRange(min = 1, max = 4) int owners,
            @ForAll Random random) {
        // Given
        List<Long> log = log(start, gaps);
        TreeSet<Long> unfinished = new TreeSet<>(log);
        CommittedOffset committed = CommittedOffset.at(start);

        for (int owner = 0; owner < owners; owner++) {
            // When
            OffsetLedger ledger = new OffsetLedger(CommittedOffset.read(committed.offset(), committed.metadata()));
            List<Long> taken = new ArrayList<>();
            Queue<Long> toRead = new ArrayDeque<>();
            for (long offset : log) {
                if (offset >= committed.offset()) {
                    toRead.add(offset);
                }
            }
            for (int steps = random.nextInt(2 * log.size() + 1); steps > 0; steps--) {
                if (random.nextBoolean() && !toRead.isEmpty()) {
                    long offset = toRead.remove();
                    // Then
                    assertThat(ledger.take(offset)).isEqualTo(unfinished.contains(offset));
                    if (unfinished.contains(offset)) {
                        taken.add(offset);
                    }
                } else if (!taken.isEmpty()) {
                    long offset = taken.remove(random.nextInt(taken.size()));
                    ledger.finish(offset);
                    unfinished.remove(offset);
                }
                assertThat(ledger.unfinished()).isEqualTo(taken.size());
                committed = ledger.committable();
                assertPassesOverExactlyWhatIsFinished(committed, log, unfinished);
            }
        }
    }

    @Property(tries = 300)
    void everythingFinishedInAnyOrderCommitsTheEndOfTheLog(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 4) Integer> gaps, @ForAll Random random) {
        // Given
        List<Long> log = log(0, gaps);
        OffsetLedger ledger = new OffsetLedger(CommittedOffset.at(0));
        log.forEach(ledger::take);
        List<Long> order = new ArrayList<>(log);
        Collections.shuffle(order, random);

        // When
        order.forEach(ledger::finish);

        // Then
        assertThat(ledger.committable()).isEqualTo(CommittedOffset.at(log.get(log.size() - 1) + 1));
    }

    private static List<Long> log(long start, List<Integer> gaps) {
        List<Long> log = new ArrayList<>();
        long offset = start - 1;
        for (int gap : gaps) {
            offset += gap;
            log.add(offset);
        }
        return log;
    }

    private static void assertPassesOverExactlyWhatIsFinished(
            CommittedOffset committed, List<Long> log, TreeSet<Long> unfinished) {
        for (long offset : log) {
            boolean isPassedOver = offset < committed.offset()
                    || committed.doneAbove().get(Math.toIntExact(offset - committed.offset()));
            assertThat(isPassedOver).as("offset %d", offset).isEqualTo(!unfinished.contains(offset));
        }
    }
}
