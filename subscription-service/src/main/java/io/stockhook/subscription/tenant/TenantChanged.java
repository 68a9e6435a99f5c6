package io.stockhook.subscription.tenant;

/**
 * Fired inside the transaction that changes what a tenant's webhooks inherit from its own row, after the change.
 *
 * @param tenantId the tenant, whose row is locked
 */
public record TenantChanged(String tenantId) {}
