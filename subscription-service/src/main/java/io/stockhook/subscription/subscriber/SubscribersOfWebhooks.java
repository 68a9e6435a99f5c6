package io.stockhook.subscription.subscriber;

import io.stockhook.subscription.webhook.SubscriberDirectory;
import io.stockhook.subscription.webhook.SubscriberTerms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.Optional;

/** What webhooks are told of subscribers. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class SubscribersOfWebhooks implements SubscriberDirectory {

    private final SubscriberRepository subscribers;

    SubscribersOfWebhooks(SubscriberRepository subscribers) {
        this.subscribers = subscribers;
    }

    @Override
    public Optional<SubscriberTerms> find(String tenantId, String id) {
        return subscribers.findOfTenant(tenantId, id).map(SubscriberMapper::terms);
    }

    @Override
    public Optional<SubscriberTerms> findAndLock(String tenantId, String id) {
        return subscribers.findAndLockOfTenant(tenantId, id).map(SubscriberMapper::terms);
    }

    @Override
    public void prefetch(String tenantId, Collection<String> ids) {
        // The persistence context holds them from now on.
        subscribers.listOfTenant(tenantId, ids);
    }
}
