package io.stockhook.delivery.registry;

import io.stockhook.events.delivery.Confirmation;
import io.stockhook.events.log.CompactedRecord;
import io.stockhook.events.log.CompactedTopicReader;
import java.time.Clock;
import java.util.Set;

/** What the control topic says, to whom it concerns: of runs, and of confirmations. */
public final class ControlTopic implements CompactedTopicReader.Sink {

    private final RunControls runs;
    private final Confirmations confirmations;
    private final Clock clock;

    /** @param clock tells what is past its use when it is read */
    public ControlTopic(RunControls runs, Confirmations confirmations, Clock clock) {
        this.runs = runs;
        this.confirmations = confirmations;
        this.clock = clock;
    }

    @Override
    public void apply(CompactedRecord entry) {
        if (Confirmation.isKey(entry.key())) {
            confirmations.apply(entry, clock.instant());
        } else {
            runs.apply(entry);
        }
    }

    @Override
    public void retainOnly(Set<String> keys) {
        runs.retainOnly(keys);
        confirmations.retainOnly(keys);
    }
}
