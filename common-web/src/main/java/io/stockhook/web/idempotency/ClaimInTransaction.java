package io.stockhook.web.idempotency;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;

/**
 * Marks the key of a request as used in the very transaction that does what the request asks for: either both are committed or
 * neither is, whenever the process ends.
 */
@Singleton
class ClaimInTransaction {

    private final TransactionSynchronizationRegistry transactions;
    private final IdempotencyKeys keys;
    private final CurrentClaim current;

    ClaimInTransaction(TransactionSynchronizationRegistry transactions, IdempotencyKeys keys, CurrentClaim current) {
        this.transactions = transactions;
        this.keys = keys;
        this.current = current;
    }

    void begun(@Observes @Initialized(TransactionScoped.class) Object transaction) {
        if (Arc.container().requestContext().isActive()) {
            current.get().ifPresent(claim -> transactions.registerInterposedSynchronization(new Mark(claim)));
        }
    }

    /** Last thing of the transaction, so that the key's row is not locked while the request is worked on. */
    private final class Mark implements Synchronization {

        private final Claim.Granted claim;

        private Mark(Claim.Granted claim) {
            this.claim = claim;
        }

        @Override
        public void beforeCompletion() {
            keys.markDone(claim);
        }

        @Override
        public void afterCompletion(int status) {
            // the answer is kept, or the key freed, once the answer is known
        }
    }
}
