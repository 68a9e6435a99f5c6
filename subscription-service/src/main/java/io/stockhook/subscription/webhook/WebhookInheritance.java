package io.stockhook.subscription.webhook;

import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks have from their subscriber and their tenant. To be asked once the webhook's row is locked: whoever changes what is
 * inherited changes it first and then locks the rows, so one of the two sees what the other did.
 */
@ApplicationScoped
class WebhookInheritance {

    private final SubscriberDirectory subscribers;
    private final TenantDefaults tenants;

    WebhookInheritance(SubscriberDirectory subscribers, TenantDefaults tenants) {
        this.subscribers = subscribers;
        this.tenants = tenants;
    }

    /**
     * What a webhook has from above.
     *
     * @param subscriber null if it belongs to none
     */
    record Inherited(@Nullable SubscriberTerms subscriber, TenantTerms tenant) {

        EffectivePreferences over(DeliveryPreferences own) {
            return EffectivePreferences.of(
                    own, subscriber == null ? null : subscriber.preferences(), tenant.preferences());
        }

        /** How the subscriber authenticates, as it is shown; null for not at all. */
        @Nullable
        WebhookAuth shownAuth() {
            StoredAuth auth = subscriber == null ? null : subscriber.auth();
            return auth == null || auth.isNone() ? null : auth.shown();
        }
    }

    Inherited of(Webhook webhook) {
        return of(webhook.tenantId, webhook.subscriberId);
    }

    Inherited of(String tenantId, @Nullable String subscriberId) {
        SubscriberTerms subscriber = subscriberId == null
                ? null
                // A webhook refers to a row that is there.
                : subscribers.find(tenantId, subscriberId).orElse(null);
        return new Inherited(subscriber, tenants.of(tenantId));
    }

    /** Lets {@link #of(Webhook)} of each of these, which are one tenant's, do without a query of its own. */
    void prefetch(String tenantId, List<Webhook> webhooks) {
        List<String> ids = webhooks.stream()
                .map(webhook -> webhook.subscriberId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (!ids.isEmpty()) {
            subscribers.prefetch(tenantId, ids);
        }
    }

    /**
     * The subscriber that a webhook is to belong to, locked.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming {@code subscriber_id} if the tenant has none of this id
     */
    SubscriberTerms require(String tenantId, String subscriberId) {
        return subscribers
                .findAndLock(tenantId, subscriberId)
                .orElseThrow(() ->
                        Problems.badField("subscriber_id", "There is no subscriber '%s'.".formatted(subscriberId)));
    }
}
