package io.stockhook.subscription.tenant;

/**
 * Fired inside the transaction that deletes a tenant, before its row goes, so that each feature deletes what it holds of it.
 *
 * @param tenantId the tenant, whose row is locked
 */
public record TenantDeleted(String tenantId) {}
