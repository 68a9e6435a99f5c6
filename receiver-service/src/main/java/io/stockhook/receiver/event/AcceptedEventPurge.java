package io.stockhook.receiver.event;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Forgets ids once the deduplication window is over. In batches of a transaction each and not by dropping day partitions,
 * because a primary key of a partitioned table would hold within a day only, and the window spans midnight.
 */
@ApplicationScoped
class AcceptedEventPurge {

    private final AcceptedEvents accepted;
    private final EventConfig config;

    AcceptedEventPurge(AcceptedEvents accepted, EventConfig config) {
        this.accepted = accepted;
        this.config = config;
    }

    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void purge() {
        TenantScope.asSystem(() -> {
            int purged;
            do {
                purged = accepted.purge(config.deduplicationWindow(), config.purgeBatch());
            } while (purged == config.purgeBatch());
        });
    }
}
