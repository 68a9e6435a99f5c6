package io.stockhook.subscription.webhook;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks have from their tenant's settings.
 *
 * @param preferences what they inherit
 * @param templates the tenant's templates by name, to which a webhook refers as {@code @name}
 * @param maxWebhooks how many webhooks the tenant may have; null for as many as the platform lets it
 */
public record TenantTerms(
        DeliveryPreferences preferences,
        Map<String, String> templates,
        @Nullable Integer maxWebhooks) {}
