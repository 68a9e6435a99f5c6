package io.stockhook.subscription.webhook;

import io.stockhook.events.EventTypeNames;
import io.stockhook.events.Ids;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** A tenant's webhooks by how they sign. */
@ApplicationScoped
class WebhookSignatures {

    private final WebhookRepository webhooks;
    private final WebhookMapper mapper;
    private final WebhookConfig config;

    WebhookSignatures(WebhookRepository webhooks, WebhookMapper mapper, WebhookConfig config) {
        this.webhooks = webhooks;
        this.mapper = mapper;
        this.config = config;
    }

    @Transactional
    Page<WebhookSignatureView> list(String tenantId, PageQuery query) {
        List<Webhook> rows = webhooks.listOfTenantAfter(
                tenantId,
                WebhookFilter.of(null, null, null, null, EventTypeNames.NONE),
                query.after(id -> Ids.require(Ids.Kind.WEBHOOK, id)),
                query.fetchSize());
        Instant dueBefore = Instant.now().minus(config.secretMaxAge());
        return Page.of(
                rows,
                query,
                webhook -> webhook.id,
                webhook -> mapper.signatureView(webhook, dueBefore),
                webhooks.countOfTenant(tenantId));
    }
}
