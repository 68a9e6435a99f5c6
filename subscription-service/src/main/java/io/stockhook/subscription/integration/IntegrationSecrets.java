package io.stockhook.subscription.integration;

import io.stockhook.events.SecretBox.SecretUnreadableException;
import io.stockhook.subscription.secret.Sealed;
import io.stockhook.subscription.secret.SealedColumns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jboss.logging.Logger;

/** The secrets of integrations' configurations on their way to another master key; those of their webhooks go with the webhooks. */
@ApplicationScoped
class IntegrationSecrets implements Sealed {

    private static final Logger LOG = Logger.getLogger(IntegrationSecrets.class);

    private final IntegrationRepository integrations;
    private final IntegrationMapper mapper;
    private final SealedColumns columns;

    IntegrationSecrets(IntegrationRepository integrations, IntegrationMapper mapper, SealedColumns columns) {
        this.integrations = integrations;
        this.mapper = mapper;
        this.columns = columns;
    }

    @Override
    public String kind() {
        return "integrations";
    }

    @Override
    @Transactional
    public Step reseal(String after, int limit) {
        List<Integration> page = integrations.listAndLockAfter(after, limit);
        int changed = 0;
        for (Integration integration : page) {
            changed += isResealed(integration) ? 1 : 0;
        }
        return Step.of(page, limit, integration -> integration.id, changed);
    }

    private boolean isResealed(Integration integration) {
        try {
            return mapper.reseal(integration);
        } catch (SecretUnreadableException e) {
            LOG.warnf(
                    "integration's secrets cannot be sealed anew: integration_id=%s reason=%s",
                    integration.id, e.getMessage());
            return false;
        }
    }

    @Override
    @Transactional
    public long count() {
        return integrations.count();
    }

    @Override
    @Transactional
    public long countOthers(String keyId) {
        return columns.countOthers("integration", "secrets::text", keyId);
    }
}
