package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.subscription.publication.Publication;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Webhooks that features of ours keep for tenants: the ordinary ones by all rules, but theirs to change. */
@ApplicationScoped
public class ManagedWebhooks {

    private final WebhookService webhooks;
    private final ObjectMapper json;

    ManagedWebhooks(WebhookService webhooks, ObjectMapper json) {
        this.webhooks = webhooks;
        this.json = json;
    }

    /** Those that a feature keeps for a tenant, in order of creation. */
    public List<WebhookView> of(String tenantId, String managedBy) {
        return webhooks.listManaged(tenantId, managedBy);
    }

    /** Those that any feature keeps for a tenant. */
    public List<WebhookView> of(String tenantId) {
        return webhooks.listManaged(tenantId);
    }

    /**
     * Creates one.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if it breaks a rule of webhooks, 409 if the tenant has too many
     */
    public Publication<WebhookView> create(String tenantId, ManagedWebhook webhook) {
        return webhooks.create(tenantId, request(webhook), webhook);
    }

    /**
     * Replaces one; its secret stays.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if it breaks a rule of webhooks, 404 if it is gone
     */
    public Publication<WebhookView> replace(String tenantId, String id, ManagedWebhook webhook) {
        return webhooks.replaceManaged(tenantId, id, request(webhook), webhook);
    }

    /** Deletes one and returns the tombstone's place in the outbox. */
    public long delete(String tenantId, String id) {
        return webhooks.deleteManaged(tenantId, id);
    }

    private WebhookRequest request(ManagedWebhook webhook) {
        try {
            return json.treeToValue(webhook.request(), WebhookRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a feature asks for what is no webhook", e);
        }
    }
}
