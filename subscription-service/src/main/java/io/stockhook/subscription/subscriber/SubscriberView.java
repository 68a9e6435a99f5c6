package io.stockhook.subscription.subscriber;

import io.stockhook.subscription.webhook.DeliveryPreferences;
import io.stockhook.subscription.webhook.WebhookAuth;
import io.stockhook.web.etag.Versioned;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber as it is shown.
 *
 * @param id {@code sub_...}
 * @param auth its secrets masked; null for none
 * @param limits what is null in it is not limited
 * @param preferences what is null in it comes from the tenant's settings
 * @param webhooksCount how many webhooks belong to it
 * @param version raised by every change
 */
@Schema(name = "Subscriber", description = "An external system of a tenant, to which webhooks belong.")
public record SubscriberView(
        @Schema(description = "The subscriber's identifier.", examples = "sub_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String id,

        @Schema(description = "Whose it is.", examples = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String tenantId,

        @Schema(description = "What people call it.", examples = "ERP")
        String name,

        @Schema(description = "Its key in a system of the tenant's.", examples = "crm-account-4711") @Nullable
        String externalReference,

        @Schema(description = "What it is.", examples = "The warehouse's ERP, run by Example Ltd.") @Nullable
        String description,

        @Schema(description = "Whom to ask about it.") @Nullable
        Contact contact,

        @Schema(description = "Whether its webhooks get deliveries.", examples = "true")
        boolean isActive,

        @Schema(description = "How deliveries authenticate, its secrets masked; null for not at all.") @Nullable
        WebhookAuth auth,

        @Schema(description = "What it may take and have.") SubscriberLimits limits,

        @Schema(description = "What its webhooks inherit; what is null in it comes from the tenant's settings.")
        DeliveryPreferences preferences,

        @Schema(description = "The tenant's own notes.", examples = "{\"team\": \"logistics\"}")
        Map<String, String> metadata,

        @Schema(description = "How many webhooks belong to it.", examples = "3")
        long webhooksCount,

        @Schema(description = "Raised by every change; the ETag.", examples = "1")
        long version,

        @Schema(description = "When it was created.", examples = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", examples = "2026-01-15T10:30:00Z")
        Instant updatedAt)
        implements Versioned {}
