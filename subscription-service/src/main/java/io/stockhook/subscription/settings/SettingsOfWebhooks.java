package io.stockhook.subscription.settings;

import io.stockhook.subscription.tenant.TenantPolicy;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.subscription.webhook.TenantDefaults;
import io.stockhook.subscription.webhook.TenantTerms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** What webhooks are told of settings. */
@ApplicationScoped
class SettingsOfWebhooks implements TenantDefaults {

    private final SettingsRepository settings;
    private final TenantService tenants;

    SettingsOfWebhooks(SettingsRepository settings, TenantService tenants) {
        this.settings = settings;
        this.tenants = tenants;
    }

    @Override
    @Transactional(TxType.MANDATORY)
    public TenantTerms of(String tenantId) {
        Settings set = settings.ofTenant(tenantId);
        return new TenantTerms(
                set.preferences.withPayloadFormat(tenants.policy(tenantId)
                        .map(TenantPolicy::payloadFormat)
                        .orElse(null)),
                set.templates,
                set.maxWebhooks);
    }
}
