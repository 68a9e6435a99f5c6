package io.stockhook.subscription.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.address.IpRanges;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.subscription.tenant.TenantDeleted;
import io.stockhook.subscription.tenant.TenantPolicy;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.subscription.tenant.TenantView;
import io.stockhook.subscription.webhook.InheritableRules;
import io.stockhook.subscription.webhook.Republication;
import io.stockhook.subscription.webhook.TenantDefaults;
import io.stockhook.subscription.webhook.TenantTerms;
import io.stockhook.subscription.webhook.WebhookCounts;
import io.stockhook.web.patch.MergePatcher;
import io.stockhook.web.problem.FieldError;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of tenants. They are a part of their tenant: they have its version and are changed under the lock of its row. A change of what
 * webhooks inherit publishes those webhooks anew.
 */
@ApplicationScoped
public class SettingsService {

    private final SettingsRepository settings;
    private final SettingsMapper mapper;
    private final TenantDefaults defaults;
    private final TenantService tenants;
    private final InheritableRules rules;
    private final WebhookCounts webhooks;
    private final Republication republication;
    private final MergePatcher patcher;

    SettingsService(
            SettingsRepository settings,
            SettingsMapper mapper,
            TenantDefaults defaults,
            TenantService tenants,
            InheritableRules rules,
            WebhookCounts webhooks,
            Republication republication,
            MergePatcher patcher) {
        this.settings = settings;
        this.mapper = mapper;
        this.defaults = defaults;
        this.tenants = tenants;
        this.rules = rules;
        this.webhooks = webhooks;
        this.republication = republication;
        this.patcher = patcher;
    }

    @Transactional
    SettingsView get(String tenantId) {
        return view(tenants.get(tenantId));
    }

    /** @param from where the caller is, if the new ranges would hold for it; null if not */
    @Transactional
    Publication<SettingsView> replace(
            String tenantId, @Nullable String ifMatch, SettingsRequest request, @Nullable InetAddress from) {
        lock(tenantId);
        return change(tenantId, ifMatch, request, from);
    }

    /** Changes what the JSON merge patch names. */
    @Transactional
    Publication<SettingsView> patch(
            String tenantId, @Nullable String ifMatch, @Nullable JsonNode patch, @Nullable InetAddress from) {
        lock(tenantId);
        SettingsRequest patched = patcher.apply(
                mapper.request(settings.ofTenant(tenantId), policy(tenantId)), patch, SettingsRequest.class);
        return change(tenantId, ifMatch, patched, from);
    }

    void delete(@Observes TenantDeleted event) {
        settings.deleteById(event.tenantId());
    }

    private Publication<SettingsView> change(
            String tenantId, @Nullable String ifMatch, SettingsRequest request, @Nullable InetAddress from) {
        requireValid(request, from);
        Settings row = settings.ofTenant(tenantId);
        TenantTerms former = defaults.of(tenantId);
        Publication<TenantView> tenant = tenants.changePolicy(tenantId, ifMatch, mapper.policy(request));
        requireUnused(former, request, tenantId);
        mapper.apply(request, row);
        if (!settings.isPersistent(row)) {
            settings.persist(row);
        }
        TenantTerms now = defaults.of(tenantId);
        boolean isInherited = !now.preferences().equals(former.preferences())
                || !now.templates().equals(former.templates());
        long webhooksAt = isInherited ? republication.begin(tenantId, null) : Publication.NOTHING;
        return new Publication<>(
                view(tenant.state()), webhooksAt == Publication.NOTHING ? tenant.outboxId() : webhooksAt);
    }

    private SettingsView view(TenantView tenant) {
        return mapper.view(
                settings.ofTenant(tenant.id()), policy(tenant.id()), defaults.of(tenant.id()), tenant.version());
    }

    private TenantPolicy policy(String tenantId) {
        return tenants.policy(tenantId).orElseThrow(() -> Problems.notFound("tenant", tenantId));
    }

    private void lock(String tenantId) {
        if (tenants.lock(tenantId).isEmpty()) {
            throw Problems.notFound("tenant", tenantId);
        }
    }

    private void requireValid(SettingsRequest request, @Nullable InetAddress from) {
        List<FieldError> errors = new ArrayList<>(rules.check(request.effectivePreferences()));
        errors.addAll(rules.checkTemplates(request.effectiveTemplates()));
        List<String> cidrs = request.effectiveAllowedCidrs();
        for (int index = 0; index < cidrs.size(); index++) {
            if (!IpRanges.isRange(cidrs.get(index))) {
                errors.add(new FieldError("allowed_cidrs[%d]".formatted(index), "Must be an address or a CIDR range."));
            }
        }
        if (!errors.isEmpty()) {
            throw Problems.badFields(errors);
        }
        if (from != null && !cidrs.isEmpty() && !IpRanges.of(cidrs).contains(from)) {
            throw Problems.badField(
                    "allowed_cidrs",
                    "Must hold the address that this request comes from, %s, or its API key could not undo it."
                            .formatted(from.getHostAddress()));
        }
    }

    private void requireUnused(TenantTerms former, SettingsRequest request, String tenantId) {
        Set<String> removed = new HashSet<>(former.templates().keySet());
        removed.removeAll(request.effectiveTemplates().keySet());
        long users = webhooks.usingTemplates(tenantId, removed);
        if (users > 0) {
            throw Problems.conflict(
                    "templates", "%d webhooks use a template that would be gone; change them first.".formatted(users));
        }
    }
}
