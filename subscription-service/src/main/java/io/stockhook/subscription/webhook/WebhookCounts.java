package io.stockhook.subscription.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.Map;

/** How many webhooks depend on something that others want to change or delete. */
@ApplicationScoped
public class WebhookCounts {

    private final WebhookRepository webhooks;

    WebhookCounts(WebhookRepository webhooks) {
        this.webhooks = webhooks;
    }

    /** How many webhooks each of these subscribers has; those that have none are left out. */
    @Transactional(TxType.MANDATORY)
    public Map<String, Long> ofSubscribers(String tenantId, Collection<String> subscriberIds) {
        return subscriberIds.isEmpty() ? Map.of() : webhooks.countsOfSubscribers(tenantId, subscriberIds);
    }

    /** How many of the tenant's webhooks use one of these of its templates. */
    @Transactional(TxType.MANDATORY)
    public long usingTemplates(String tenantId, Collection<String> names) {
        return names.isEmpty()
                ? 0
                : webhooks.countOfTemplates(
                        tenantId,
                        names.stream()
                                .map(name -> WebhookRules.TEMPLATE_REFERENCE + name)
                                .toList());
    }
}
