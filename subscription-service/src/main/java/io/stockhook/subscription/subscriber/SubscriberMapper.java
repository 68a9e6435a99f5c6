package io.stockhook.subscription.subscriber;

import io.stockhook.subscription.webhook.SealedAuths;
import io.stockhook.subscription.webhook.StoredAuth;
import io.stockhook.subscription.webhook.SubscriberTerms;
import io.stockhook.subscription.webhook.WebhookAuth;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between a subscriber's row and what goes in and out of it. */
@ApplicationScoped
class SubscriberMapper {

    private final SealedAuths auths;

    SubscriberMapper(SealedAuths auths) {
        this.auths = auths;
    }

    /** Writes a checked request over a row. */
    void apply(SubscriberRequest request, Subscriber subscriber) {
        subscriber.name = request.name();
        subscriber.externalReference = request.externalReference();
        subscriber.description = request.description();
        subscriber.contact = request.contact();
        subscriber.isActive = !Boolean.FALSE.equals(request.isActive());
        subscriber.limits = request.limits() == null ? SubscriberLimits.NONE : request.limits();
        subscriber.preferences = request.effectivePreferences();
        subscriber.metadata = request.metadata() == null ? Map.of() : request.metadata();
        if (request.auth() != null && !request.auth().equals(shown(subscriber.auth))) {
            StoredAuth sealed = auths.seal(request.auth().unmasked(storedAuth(subscriber)), owner(subscriber));
            subscriber.auth = sealed.isNone() ? null : sealed;
        }
    }

    /** Its auth with the secrets in clear; null if it has none, or none that can be decrypted any more. */
    @Nullable
    WebhookAuth storedAuth(Subscriber subscriber) {
        return auths.open(subscriber.auth, owner(subscriber));
    }

    /** The request that would make the subscriber what it is. */
    SubscriberRequest request(Subscriber subscriber) {
        return new SubscriberRequest(
                subscriber.name,
                subscriber.externalReference,
                subscriber.description,
                subscriber.contact,
                subscriber.isActive,
                shown(subscriber.auth),
                subscriber.limits,
                subscriber.preferences,
                subscriber.metadata);
    }

    SubscriberView view(Subscriber subscriber, long webhooksCount) {
        return new SubscriberView(
                subscriber.id,
                subscriber.tenantId,
                subscriber.name,
                subscriber.externalReference,
                subscriber.description,
                subscriber.contact,
                subscriber.isActive,
                shown(subscriber.auth),
                subscriber.limits,
                subscriber.preferences,
                subscriber.metadata,
                webhooksCount,
                subscriber.version,
                subscriber.createdAt,
                subscriber.updatedAt);
    }

    /** What its webhooks have from it. */
    static SubscriberTerms terms(Subscriber subscriber) {
        return new SubscriberTerms(
                subscriber.id,
                subscriber.isActive,
                subscriber.preferences,
                subscriber.auth,
                subscriber.limits.rateLimit(),
                subscriber.limits.maxWebhooks());
    }

    private static @Nullable WebhookAuth shown(@Nullable StoredAuth auth) {
        return auth == null ? null : auth.shown();
    }

    private static String owner(Subscriber subscriber) {
        return SealedAuths.subscriberOwner(subscriber.id);
    }
}
