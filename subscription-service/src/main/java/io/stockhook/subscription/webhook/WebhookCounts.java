package io.stockhook.subscription.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which webhooks depend on something that others want to know of, change or delete, and how many they are. */
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

    /** How many of a subscriber's webhooks are active themselves, whatever the subscriber is. */
    @Transactional(TxType.MANDATORY)
    public long activeOfSubscriber(String tenantId, String subscriberId) {
        return webhooks.countActiveOfSubscriber(tenantId, subscriberId);
    }

    /** The ids of a subscriber's webhooks, the oldest first, up to a number of them. */
    @Transactional(TxType.MANDATORY)
    public List<String> idsOfSubscriber(String tenantId, String subscriberId, int limit) {
        return webhooks.idsOfSubscriber(tenantId, subscriberId, limit);
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
