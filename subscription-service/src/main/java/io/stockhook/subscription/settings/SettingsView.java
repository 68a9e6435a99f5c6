package io.stockhook.subscription.settings;

import io.stockhook.subscription.webhook.DeliveryPreferences;
import io.stockhook.subscription.webhook.Origin;
import io.stockhook.web.etag.Versioned;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's settings as they are shown.
 *
 * @param tenantId whose they are
 * @param preferences what the tenant says
 * @param effective what holds for a webhook that says nothing and belongs to no subscriber
 * @param inherited the fields of it that the platform says
 * @param monitoring null if there is no target
 * @param version the tenant's, of which they are a part
 */
@Schema(name = "Settings", description = "A tenant's settings.")
public record SettingsView(
        @Schema(description = "Whose they are.", examples = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String tenantId,

        @Schema(description = "What the tenant says; what is null in it comes from the platform.")
        DeliveryPreferences preferences,

        @Schema(
                description =
                        "What holds for a webhook that says nothing itself; retry_config, rate_limit and breaker are"
                                + " null for the platform's.")
        DeliveryPreferences effective,

        @Schema(
                description = "From whom what holds comes, as far as the tenant does not say it.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples = "{\"timeout\": \"platform\"}")
        Map<String, Origin> inherited,

        @Schema(description = "What the tenant lets itself have.")
        TenantLimits limits,

        @Schema(
                description = "For how many days deliveries are kept; null for as long as the platform does.",
                examples = "7")
        @Nullable
        Integer retentionDays,

        @Schema(description = "Bodies by name.", examples = "{\"chat\": \"{\\\"text\\\": \\\"{{type}}\\\"}\"}")
        Map<String, String> templates,

        @Schema(description = "What the tenant aims at.") @Nullable
        MonitoringTargets monitoring,

        @Schema(
                description = "Where its API keys may be used from; empty for anywhere.",
                examples = "[\"203.0.113.0/24\"]")
        List<String> allowedCidrs,

        @Schema(description = "Raised by every change of the tenant; the ETag.", examples = "1")
        long version)
        implements Versioned {

    @Override
    public String id() {
        return tenantId;
    }
}
