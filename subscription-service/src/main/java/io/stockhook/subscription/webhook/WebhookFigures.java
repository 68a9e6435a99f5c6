package io.stockhook.subscription.webhook;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Adds to webhooks what became of their deliveries. That is delivery-service's to tell, in one call for a page; if it does not in time, the
 * webhooks are shown without.
 */
@ApplicationScoped
class WebhookFigures {

    private static final Logger LOG = Logger.getLogger(WebhookFigures.class);

    private static final Duration COMPLAIN_EVERY = Duration.ofSeconds(30);

    private final AtomicLong complainAtNanos = new AtomicLong(System.nanoTime());
    private final DeliveryFigures deliveries;

    WebhookFigures(@RestClient DeliveryFigures deliveries) {
        this.deliveries = deliveries;
    }

    WebhookWithFigures of(WebhookView webhook, Credentials caller) {
        Figures figures = ask(List.of(webhook.id()), false, caller);
        return WebhookWithFigures.of(
                webhook, figures == null ? null : byId(figures).get(webhook.id()));
    }

    WebhookPage of(WebhookList list, Credentials caller) {
        List<WebhookView> webhooks = list.page().items();
        Figures figures = ask(webhooks.stream().map(WebhookView::id).toList(), true, caller);
        Map<String, Figures.OfWebhook> byId = figures == null ? Map.of() : byId(figures);
        Figures.Summary summary = figures == null ? null : figures.summary();
        return new WebhookPage(
                webhooks.stream()
                        .map(webhook -> WebhookWithFigures.of(webhook, byId.get(webhook.id())))
                        .toList(),
                list.page().next(),
                list.page().total(),
                figures == null ? FiguresStatus.UNAVAILABLE : FiguresStatus.AVAILABLE,
                new WebhookSummary(
                        list.webhooks(),
                        list.active(),
                        summary == null ? null : summary.totalEvents(),
                        summary == null ? null : summary.avgSuccessRate()));
    }

    private @Nullable Figures ask(List<String> webhookIds, boolean isSummed, Credentials caller) {
        try {
            return deliveries.of(
                    caller.authorization(), caller.address(), new DeliveryFigures.Query(webhookIds, isSummed));
        } catch (WebApplicationException | ProcessingException | HttpProblem e) {
            // The last is what a body that is no JSON is read as, whoever sent it.
            complain(e);
            return null;
        }
    }

    /** Every list says so while it lasts, and one line in a while is enough. */
    private void complain(RuntimeException e) {
        long now = System.nanoTime();
        long due = complainAtNanos.get();
        if (now - due >= 0 && complainAtNanos.compareAndSet(due, now + COMPLAIN_EVERY.toNanos())) {
            LOG.warnf("delivery-service does not tell the figures of webhooks: %s", e.getMessage());
        }
    }

    private static Map<String, Figures.OfWebhook> byId(Figures figures) {
        Map<String, Figures.OfWebhook> byId = new HashMap<>();
        figures.items().forEach(one -> byId.put(one.webhookId(), one));
        return byId;
    }
}
