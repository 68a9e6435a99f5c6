package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A webhook that a feature of ours keeps for a tenant, who sees it among its others and cannot change it there.
 *
 * @param managedBy the feature, as the webhook shows it
 * @param request the webhook as it would be sent to {@code POST /webhooks}
 * @param shown what of it may be seen
 */
public record ManagedWebhook(String managedBy, ObjectNode request, Shown shown) {

    /**
     * What stands where url and template would show a secret; what differs from the webhook's own is kept encrypted.
     *
     * @param url the url without its secret part
     * @param template the template without its secrets
     */
    public record Shown(String url, String template) {}
}
