package io.stockhook.subscription.tenant;

import io.stockhook.events.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a tenant's row to what others see of it. */
@ApplicationScoped
class TenantMapper {

    TenantView view(Tenant tenant) {
        return new TenantView(
                tenant.id,
                tenant.name,
                Objects.requireNonNullElse(payloadFormat(tenant), PayloadFormat.STANDARD),
                tenant.retentionDays,
                tenant.isActive,
                tenant.version,
                tenant.createdAt,
                tenant.updatedAt);
    }

    TenantRequest request(Tenant tenant) {
        return new TenantRequest(tenant.name, payloadFormat(tenant), tenant.retentionDays, tenant.isActive);
    }

    TenantRecord topicRecord(Tenant tenant) {
        return new TenantRecord(
                tenant.id,
                tenant.name,
                tenant.isActive,
                tenant.payloadFormat,
                tenant.retentionDays,
                tenant.allowedCidrs);
    }

    TenantPolicy policy(Tenant tenant) {
        return new TenantPolicy(payloadFormat(tenant), tenant.retentionDays, tenant.allowedCidrs);
    }

    private static @Nullable PayloadFormat payloadFormat(Tenant tenant) {
        return tenant.payloadFormat == null ? null : PayloadFormat.of(tenant.payloadFormat);
    }
}
