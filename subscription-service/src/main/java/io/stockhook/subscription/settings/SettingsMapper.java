package io.stockhook.subscription.settings;

import io.stockhook.subscription.tenant.TenantPolicy;
import io.stockhook.subscription.webhook.InheritableRules;
import io.stockhook.subscription.webhook.TenantTerms;
import jakarta.enterprise.context.ApplicationScoped;

/** Between settings, a part of which is the tenant's row's, and what goes in and out of them. */
@ApplicationScoped
class SettingsMapper {

    void apply(SettingsRequest request, Settings settings) {
        settings.preferences = request.effectivePreferences().withPayloadFormat(null);
        settings.templates = request.effectiveTemplates();
        settings.monitoring = request.monitoring();
        settings.maxWebhooks =
                request.limits() == null ? null : request.limits().maxWebhooks();
    }

    TenantPolicy policy(SettingsRequest request) {
        return new TenantPolicy(
                request.effectivePreferences().payloadFormat(),
                request.retentionDays(),
                request.effectiveAllowedCidrs());
    }

    /** The request that would make the settings what they are. */
    SettingsRequest request(Settings settings, TenantPolicy policy) {
        return new SettingsRequest(
                settings.preferences.withPayloadFormat(policy.payloadFormat()),
                limits(settings),
                policy.retentionDays(),
                settings.templates,
                settings.monitoring,
                policy.allowedCidrs());
    }

    SettingsView view(Settings settings, TenantPolicy policy, TenantTerms terms, long version) {
        return new SettingsView(
                settings.tenantId,
                terms.preferences(),
                InheritableRules.effective(terms),
                InheritableRules.inherited(terms),
                limits(settings),
                policy.retentionDays(),
                settings.templates,
                settings.monitoring,
                policy.allowedCidrs(),
                version);
    }

    private static TenantLimits limits(Settings settings) {
        return settings.maxWebhooks == null ? TenantLimits.NONE : new TenantLimits(settings.maxWebhooks);
    }
}
