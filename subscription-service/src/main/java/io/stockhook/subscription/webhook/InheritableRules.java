package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.subscription.tenant.PayloadFormat;
import io.stockhook.web.problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of what webhooks inherit, where they inherit it from. */
@ApplicationScoped
public class InheritableRules {

    private static final String PREFERENCES = "preferences.";

    private final AuthRules authRules;

    InheritableRules(WebhookRules rules) {
        this.authRules = rules.authRules();
    }

    /** What holds for a webhook that says nothing and belongs to no subscriber; null in it is what the platform decides. */
    public static DeliveryPreferences effective(TenantTerms tenant) {
        EffectivePreferences holds = holding(tenant);
        return new DeliveryPreferences(
                holds.retryConfig(),
                holds.payloadFormat(),
                holds.headerPrefix(),
                new SignatureRequest(holds.signature()),
                holds.timeout(),
                holds.maxInFlight(),
                holds.rateLimit(),
                holds.breaker(),
                holds.debugMode());
    }

    /** From whom that comes, as far as the tenant does not say it. */
    public static Map<String, Origin> inherited(TenantTerms tenant) {
        Map<String, Origin> inherited = new LinkedHashMap<>(holding(tenant).inherited());
        inherited.values().removeIf(origin -> origin == Origin.TENANT);
        return inherited;
    }

    private static EffectivePreferences holding(TenantTerms tenant) {
        return EffectivePreferences.of(DeliveryPreferences.NONE, null, tenant.preferences());
    }

    /** Everything that is wrong with preferences. */
    public List<FieldError> check(DeliveryPreferences preferences) {
        List<FieldError> errors = new ArrayList<>();
        if (preferences.payloadFormat() == PayloadFormat.TEMPLATE) {
            errors.add(new FieldError(
                    "payload_format",
                    "Must be standard, classic, cloudevents or raw; a template is one webhook's own."));
        }
        if (preferences.headerPrefix() != null) {
            HeaderRules.objectionToPrefix(preferences.headerPrefix())
                    .ifPresent(objection -> errors.add(new FieldError("header_prefix", objection)));
        }
        WebhookRules.checkRetries(preferences.retryConfig(), errors);
        return errors.stream()
                .map(error -> new FieldError(PREFERENCES + error.field(), error.message()))
                .toList();
    }

    /**
     * Everything that is wrong with an auth. Of one that stays as it is stored only that it fits the preferences is asked: a certificate
     * that has expired since is no obstacle to another change.
     *
     * @param asked with masks for what is stored; null if it stays
     * @param stored the auth that is stored, its secrets in clear; null for none
     */
    public List<FieldError> checkAuth(
            @Nullable WebhookAuth asked, @Nullable WebhookAuth stored, DeliveryPreferences preferences) {
        String prefix = preferences.headerPrefix() == null
                ? EndpointRegistration.DEFAULT_HEADER_PREFIX
                : preferences.headerPrefix();
        if (asked != null) {
            return authRules.check(asked.unmasked(stored), prefix);
        }
        String header = stored == null ? null : stored.header();
        return header == null
                ? List.of()
                : HeaderRules.objectionToName(header, prefix)
                        .map(objection -> List.of(new FieldError("auth.header", objection)))
                        .orElse(List.of());
    }

    /** Everything that is wrong with named templates. */
    public List<FieldError> checkTemplates(Map<String, String> templates) {
        List<FieldError> errors = new ArrayList<>();
        templates.forEach((name, template) -> {
            if (template.startsWith(WebhookRules.TEMPLATE_REFERENCE)) {
                errors.add(new FieldError("templates." + name, "Must be a template and not the name of another."));
            } else {
                WebhookRules.checkTemplateText("templates." + name, template, errors);
            }
        });
        return errors;
    }
}
