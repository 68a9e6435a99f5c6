package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypes;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.MicroClock;
import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.publication.PublicationConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Disables webhooks whose endpoints were found to take nothing. */
@ApplicationScoped
public class WebhookVerdicts {

    private static final String SOURCE = "/subscription";

    private final WebhookRepository webhooks;
    private final WebhookMapper mapper;
    private final ControlPlanePublisher publisher;
    private final PublicationConfig publication;

    WebhookVerdicts(
            WebhookRepository webhooks,
            WebhookMapper mapper,
            ControlPlanePublisher publisher,
            PublicationConfig publication) {
        this.webhooks = webhooks;
        this.mapper = mapper;
        this.publisher = publisher;
        this.publication = publication;
    }

    /**
     * Disables the webhook and says so to the other services and to its tenant, unless it has changed since it was judged: whoever changed
     * it may have mended it, and if not, the next verdict comes. Disabling changes it as well, so the same verdict has no effect twice.
     *
     * @return whether the webhook was disabled
     */
    @Transactional
    public boolean apply(EndpointVerdict verdict) {
        Webhook webhook = webhooks.findAndLockOfTenant(verdict.tenantId(), verdict.endpointId())
                .orElse(null);
        if (webhook == null
                || !webhook.isActive
                || verdict.epoch() != publication.epoch()
                || verdict.version() != webhook.version) {
            return false;
        }
        webhook.isActive = false;
        webhook.disabledCode = verdict.reason();
        webhook.disabledReason = sentence(verdict);
        webhook.disabledAt = MicroClock.now();
        webhook.updatedAt = webhook.disabledAt;
        webhook.version++;
        // Now, so that what the database has against a value is thrown from here and not wrapped at the commit.
        webhooks.flush();
        publisher.publish(mapper.registration(webhook));
        publisher.publish(event(webhook, webhook.disabledReason, webhook.disabledAt, verdict));
        return true;
    }

    private static String sentence(EndpointVerdict verdict) {
        if (verdict.reason().equals(EndpointVerdict.HEAD_EXHAUSTED)) {
            return "A delivery that the next ones must not overtake was given up after its last attempt failed with %s."
                    .formatted(verdict.lastError());
        }
        return verdict.reason().equals(EndpointVerdict.GONE)
                ? "The endpoint answered 410 Gone, which means that it wants no more deliveries."
                : "%d attempts in a row failed since %s, the last one with %s."
                        .formatted(
                                verdict.failures(),
                                verdict.since().truncatedTo(ChronoUnit.SECONDS),
                                verdict.lastError());
    }

    private static EventEnvelope event(Webhook webhook, String reason, Instant disabledAt, EndpointVerdict verdict) {
        return new EventEnvelope(
                Ids.next(Ids.Kind.EVENT),
                EventTypes.WEBHOOK_DISABLED,
                SOURCE,
                webhook.id,
                disabledAt,
                webhook.tenantId,
                null,
                null,
                null,
                Json.write(new WebhookDisabledData(
                        webhook.id,
                        webhook.name,
                        webhook.url,
                        verdict.reason(),
                        reason,
                        verdict.failures(),
                        verdict.since(),
                        verdict.lastError(),
                        disabledAt)));
    }
}
