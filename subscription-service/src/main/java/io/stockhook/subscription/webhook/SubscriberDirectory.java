package io.stockhook.subscription.webhook;

import java.util.Collection;
import java.util.Optional;

/** The subscribers, as webhooks see them. To be asked within a transaction. */
public interface SubscriberDirectory {

    /** The subscriber; empty if the tenant has none of this id. */
    Optional<SubscriberTerms> find(String tenantId, String id);

    /** The same, and locks it until the transaction's end, so that what is counted of it stays true. */
    Optional<SubscriberTerms> findAndLock(String tenantId, String id);

    /** Reads all of these in one query, so that finding each of them in this transaction costs none. */
    void prefetch(String tenantId, Collection<String> ids);
}
