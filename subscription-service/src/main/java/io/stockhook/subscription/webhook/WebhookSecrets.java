package io.stockhook.subscription.webhook;

import io.stockhook.events.SecretBox.SecretUnreadableException;
import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.secret.Sealed;
import io.stockhook.subscription.secret.SealedColumns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jboss.logging.Logger;

/** The secrets of webhooks on their way to another master key: signing secrets, header values, key pairs and auth. */
@ApplicationScoped
class WebhookSecrets implements Sealed {

    private static final Logger LOG = Logger.getLogger(WebhookSecrets.class);
    private static final String SECRETS =
            "headers::text || secrets::text || key_pairs::text || coalesce(auth::text, '')"
                    + " || coalesce(sealed::text, '')";

    private final WebhookRepository webhooks;
    private final WebhookMapper mapper;
    private final ControlPlanePublisher publisher;
    private final SealedColumns columns;

    WebhookSecrets(
            WebhookRepository webhooks, WebhookMapper mapper, ControlPlanePublisher publisher, SealedColumns columns) {
        this.webhooks = webhooks;
        this.mapper = mapper;
        this.publisher = publisher;
        this.columns = columns;
    }

    @Override
    public String kind() {
        return "webhooks";
    }

    /** A registration with its secrets sealed anew has a higher version, because readers pass over one that they have. */
    @Override
    @Transactional
    public Step reseal(String after, int limit) {
        List<Webhook> page = webhooks.listAndLockAfter(after, limit);
        int changed = 0;
        for (Webhook webhook : page) {
            if (resealed(webhook)) {
                webhook.version++;
                publisher.publish(mapper.registration(webhook));
                changed++;
            }
        }
        return Step.of(page, limit, webhook -> webhook.id, changed);
    }

    private boolean resealed(Webhook webhook) {
        try {
            return mapper.reseal(webhook);
        } catch (SecretUnreadableException e) {
            LOG.warnf("webhook's secrets cannot be sealed anew: webhook_id=%s reason=%s", webhook.id, e.getMessage());
            return false;
        }
    }

    @Override
    @Transactional
    public long count() {
        return webhooks.count();
    }

    @Override
    @Transactional
    public long countOthers(String keyId) {
        return columns.countOthers("webhook", SECRETS, keyId);
    }
}
