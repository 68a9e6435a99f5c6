package io.stockhook.subscription.webhook;

/** The settings of tenants, as webhooks see them. To be asked within a transaction. */
public interface TenantDefaults {

    /** What holds for the tenant's webhooks; everything from the platform if there is no such tenant. */
    TenantTerms of(String tenantId);
}
