package io.stockhook.subscription.settings;

import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant lets itself have.
 *
 * @param maxWebhooks how many webhooks; null for as many as the platform lets it, which is the bound for more
 */
@Schema(name = "TenantLimits", description = "What a tenant lets itself have.")
public record TenantLimits(
        @Schema(description = "How many webhooks; the platform's bound if left out.", examples = "100")
        @Min(0)
        @Nullable
        Integer maxWebhooks) {

    static final TenantLimits NONE = new TenantLimits(null);
}
