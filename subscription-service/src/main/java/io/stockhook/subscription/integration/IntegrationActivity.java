package io.stockhook.subscription.integration;

import io.stockhook.subscription.integration.ActivityView.Activity;
import io.stockhook.subscription.integration.ActivityView.Completeness;
import io.stockhook.subscription.integration.DeliveryActivity.Entry;
import io.stockhook.subscription.integration.DeliveryActivity.Figures;
import io.stockhook.subscription.integration.DeliveryActivity.OfWebhook;
import io.stockhook.subscription.integration.IntegrationService.Configured;
import io.stockhook.subscription.webhook.WebhookView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells how an integration stands and what became of what was sent to it. The latter is delivery-service's to say; what it does not say in
 * time is missing, and the answer says so.
 */
@ApplicationScoped
class IntegrationActivity {

    private static final Logger LOG = Logger.getLogger(IntegrationActivity.class);
    private static final int RECENT = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final double PERCENT = 100;
    private static final double TENTHS = 10;
    private static final String SUCCESS = "success";

    private final IntegrationService integrations;
    private final DeliveryActivity deliveries;

    IntegrationActivity(IntegrationService integrations, @RestClient DeliveryActivity deliveries) {
        this.integrations = integrations;
        this.deliveries = deliveries;
    }

    ActivityView of(String tenantId, String name, Credentials caller) {
        IntegrationView view = integrations.get(tenantId, name);
        Configured configured = integrations.configured(tenantId, name);
        List<String> webhooks =
                configured.webhooks().stream().map(WebhookView::id).toList();
        if (webhooks.isEmpty()) {
            return view(view, Completeness.AVAILABLE, List.of(), List.of());
        }
        Figures figures = figures(webhooks, caller);
        if (figures == null) {
            return view(view, Completeness.UNAVAILABLE, null, List.of());
        }
        List<Activity> recent = new ArrayList<>();
        boolean isWhole = collect(configured, webhooks, caller, recent);
        recent.sort(Comparator.comparing(Activity::timestamp).reversed());
        return view(
                view,
                isWhole ? Completeness.AVAILABLE : Completeness.PARTIAL,
                figures.items(),
                recent.subList(0, Math.min(RECENT, recent.size())));
    }

    private @Nullable Figures figures(List<String> webhooks, Credentials caller) {
        try {
            return deliveries.figures(
                    caller.authorization(), caller.address(), new DeliveryActivity.Query(webhooks, false));
        } catch (WebApplicationException | ProcessingException e) {
            LOG.warnf("delivery-service does not tell the figures of an integration: %s", e.getMessage());
            return null;
        }
    }

    /** Whether all of the webhooks' logs were read in time. */
    private boolean collect(Configured configured, List<String> webhooks, Credentials caller, List<Activity> recent) {
        Masks masks = Masks.of(configured.provider(), configured.configuration());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String webhook : webhooks) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            try {
                deliveries
                        .log(caller.authorization(), caller.address(), webhook, RECENT)
                        .items()
                        .forEach(entry -> recent.add(activity(configured.provider(), masks, entry)));
            } catch (WebApplicationException | ProcessingException e) {
                LOG.warnf("delivery-service does not tell the activity of an integration: %s", e.getMessage());
                return false;
            }
        }
        return true;
    }

    private static Activity activity(Provider provider, Masks masks, Entry entry) {
        Integer code = entry.responseCode();
        String objection = code == null
                ? entry.errorMessage()
                : provider.acceptance().objection(code, Objects.requireNonNullElse(entry.responseBody(), ""));
        boolean isSuccess = entry.status().equals(SUCCESS) && objection == null;
        String status = entry.status().equals(SUCCESS) && !isSuccess ? "failed" : entry.status();
        String message = isSuccess
                ? "%s took it.".formatted(provider.displayName())
                : objection == null ? Objects.requireNonNullElse(entry.reason(), "Nothing was sent yet.") : objection;
        return new Activity(entry.event(), entry.timestamp(), status, masks.apply(message), code, entry.id());
    }

    /** @param figures null if they are not known */
    private static ActivityView view(
            IntegrationView view, Completeness completeness, @Nullable List<OfWebhook> figures, List<Activity> recent) {
        Long arrived = figures == null
                ? null
                : Long.valueOf(figures.stream()
                        .mapToLong(OfWebhook::successfulDeliveries)
                        .sum());
        Long failed = figures == null
                ? null
                : Long.valueOf(
                        figures.stream().mapToLong(OfWebhook::failedDeliveries).sum());
        return new ActivityView(
                view.name(),
                view.displayName(),
                view.status(),
                view.disabledReason(),
                view.isConfigured(),
                completeness,
                figures == null ? null : lastSync(figures),
                arrived,
                failed,
                arrived == null || failed == null || arrived + failed == 0
                        ? null
                        : Double.valueOf(Math.round(arrived * PERCENT * TENTHS / (arrived + failed)) / TENTHS),
                view.config(),
                recent);
    }

    private static @Nullable Instant lastSync(List<OfWebhook> figures) {
        return figures.stream()
                .map(OfWebhook::lastTriggered)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
