package io.stockhook.delivery.replay;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.stockhook.events.delivery.RunControl;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Ends what need not be remembered any more of cancelled and superseded runs: a tombstone for each, a bounded number at a time. Whoever
 * begins a run of the same delivery meanwhile waits for its row, so a tombstone never follows a newer entry.
 */
@Singleton
class ControlPurge {

    private static final Logger LOG = Logger.getLogger(ControlPurge.class);
    private static final int BATCH = 1_000;
    private static final int MOST_BATCHES = 100;

    private final ReplayTransactions transactions;
    private final RunPublisher publisher;

    ControlPurge(ReplayTransactions transactions, RunPublisher publisher) {
        this.transactions = transactions;
        this.publisher = publisher;
    }

    @Scheduled(
            identity = "control-purge",
            every = "${stockhook.replay.control-purge-interval:10m}",
            delayed = "1m",
            concurrentExecution = ConcurrentExecution.SKIP)
    void purge() {
        try {
            for (int batch = 0; batch < MOST_BATCHES; batch++) {
                if (purgeOnce() < BATCH) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            LOG.warnf("control entries not ended, tries again at the next turn: cause=%s", e.getMessage());
        }
    }

    /** Ends up to a batch of entries and says how many there were. */
    int purgeOnce() {
        return transactions.ofSystem(connection -> {
            List<String> expired = RunNumbers.holdExpired(connection, BATCH);
            if (!expired.isEmpty()) {
                publisher.publish(expired.stream().map(RunControl::tombstone).toList());
                RunNumbers.forget(connection, expired);
            }
            return expired.size();
        });
    }
}
