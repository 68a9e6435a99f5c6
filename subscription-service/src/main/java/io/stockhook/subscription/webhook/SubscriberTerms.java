package io.stockhook.subscription.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What a webhook has from its subscriber.
 *
 * @param id {@code sub_...}
 * @param isActive false if none of its webhooks gets deliveries
 * @param preferences what its webhooks inherit
 * @param auth how deliveries authenticate, sealed for the {@link SealedAuths#subscriberOwner subscriber}; null for not at all
 * @param rateLimit how many requests all its endpoints take together; null for as many as come
 * @param maxWebhooks how many webhooks it may have; null for as many as its tenant
 */
public record SubscriberTerms(
        String id,
        boolean isActive,
        DeliveryPreferences preferences,
        @Nullable StoredAuth auth,
        @Nullable RateLimit rateLimit,
        @Nullable Integer maxWebhooks) {}
