package io.stockhook.subscription.subscriber;

import io.stockhook.events.SecretBox;
import io.stockhook.events.SecretBox.SecretUnreadableException;
import io.stockhook.subscription.secret.Sealed;
import io.stockhook.subscription.secret.SealedColumns;
import io.stockhook.subscription.webhook.SealedAuths;
import io.stockhook.subscription.webhook.StoredAuth;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The auths of subscribers on their way to another master key. What is published of them is sealed anew with each webhook, so nothing is
 * published here.
 */
@ApplicationScoped
class SubscriberSecrets implements Sealed {

    private static final Logger LOG = Logger.getLogger(SubscriberSecrets.class);

    private final SubscriberRepository subscribers;
    private final SecretBox secrets;
    private final SealedColumns columns;

    SubscriberSecrets(SubscriberRepository subscribers, SecretBox secrets, SealedColumns columns) {
        this.subscribers = subscribers;
        this.secrets = secrets;
        this.columns = columns;
    }

    @Override
    public String kind() {
        return "subscribers";
    }

    @Override
    @Transactional
    public Step reseal(String after, int limit) {
        List<Subscriber> page = subscribers.listAndLockAfter(after, limit);
        int changed = 0;
        for (Subscriber subscriber : page) {
            changed += isResealed(subscriber) ? 1 : 0;
        }
        return Step.of(page, limit, subscriber -> subscriber.id, changed);
    }

    private boolean isResealed(Subscriber subscriber) {
        StoredAuth auth = subscriber.auth;
        if (auth == null || auth.isNone() || secrets.isCurrent(auth.encrypted())) {
            return false;
        }
        try {
            String rewrapped = secrets.rewrap(auth.encrypted(), SealedAuths.subscriberOwner(subscriber.id));
            subscriber.auth = new StoredAuth(auth.shown(), rewrapped);
            return true;
        } catch (SecretUnreadableException e) {
            LOG.warnf(
                    "subscriber's auth cannot be sealed anew: subscriber_id=%s reason=%s",
                    subscriber.id, e.getMessage());
            return false;
        }
    }

    @Override
    @Transactional
    public long count() {
        return subscribers.count();
    }

    @Override
    @Transactional
    public long countOthers(String keyId) {
        return columns.countOthers("subscriber", "auth::text", keyId);
    }
}
