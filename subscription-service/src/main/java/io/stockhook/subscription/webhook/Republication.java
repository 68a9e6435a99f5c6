package io.stockhook.subscription.webhook;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.jspecify.annotations.Nullable;

/**
 * Publishes webhooks anew once something has changed that they inherit: a few in the transaction of the change, many by and by, a batch
 * a second, from where a crash left off.
 */
@ApplicationScoped
public class Republication {

    private final RepublicationBatches batches;

    Republication(RepublicationBatches batches) {
        this.batches = batches;
    }

    /**
     * Begins, as part of the transaction of the change, after the change.
     *
     * @param subscriberId whose webhooks; null for all of the tenant's
     * @return what the caller can wait for: a record in the outbox, {@link Publication#NOTHING} or {@link Publication#LATER}
     */
    @Transactional(TxType.MANDATORY)
    public long begin(String tenantId, @Nullable String subscriberId) {
        return batches.begin(tenantId, subscriberId);
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void goOn() {
        TenantScope.asSystem(batches::next);
    }
}
