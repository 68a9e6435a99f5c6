package io.stockhook.subscription.tenant;

import io.stockhook.events.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;

/** From a tenant's row to what others see of it. */
@ApplicationScoped
class TenantMapper {

    TenantView view(Tenant tenant) {
        return new TenantView(
                tenant.id,
                tenant.name,
                PayloadFormat.of(tenant.payloadFormat),
                tenant.retentionDays,
                tenant.version,
                tenant.createdAt,
                tenant.updatedAt);
    }

    TenantRequest request(Tenant tenant) {
        return new TenantRequest(tenant.name, PayloadFormat.of(tenant.payloadFormat), tenant.retentionDays);
    }

    TenantRecord topicRecord(Tenant tenant) {
        return new TenantRecord(tenant.id, tenant.name, true, tenant.payloadFormat, tenant.retentionDays);
    }
}
