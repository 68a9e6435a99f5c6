package io.stockhook.subscription.webhook;

import io.agroal.api.AgroalDataSource;
import io.stockhook.events.SecretBox.SecretUnreadableException;
import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.secret.Sealed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/** The secrets of webhooks on their way to another master key: signing secrets, header values, key pairs and auth. */
@ApplicationScoped
class WebhookSecrets implements Sealed {

    private static final Logger LOG = Logger.getLogger(WebhookSecrets.class);
    private static final String COUNT_OTHERS = """
            select count(*) from webhook
            where (headers::text || secrets::text || key_pairs::text || coalesce(auth::text, '')) ~ ('"v1[.](?!' || ? || '[.])')""";

    private final WebhookRepository webhooks;
    private final WebhookMapper mapper;
    private final ControlPlanePublisher publisher;
    private final AgroalDataSource dataSource;

    WebhookSecrets(
            WebhookRepository webhooks,
            WebhookMapper mapper,
            ControlPlanePublisher publisher,
            AgroalDataSource dataSource) {
        this.webhooks = webhooks;
        this.mapper = mapper;
        this.publisher = publisher;
        this.dataSource = dataSource;
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
        try (Connection connection = dataSource.getConnection();
                var select = connection.prepareStatement(COUNT_OTHERS)) {
            select.setString(1, keyId);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("secrets not counted", e);
        }
    }
}
