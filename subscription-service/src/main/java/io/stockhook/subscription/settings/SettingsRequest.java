package io.stockhook.subscription.settings;

import io.stockhook.subscription.webhook.DeliveryPreferences;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's settings as they are to be. What is null is the platform's.
 *
 * @param preferences what subscribers and webhooks inherit
 * @param limits what the tenant lets itself have
 * @param retentionDays for how many days deliveries are kept, 1 to the platform's maximum
 * @param templates bodies by name, to which webhooks refer as {@code @name}
 * @param monitoring what the tenant aims at
 * @param allowedCidrs where its API keys may be used from, beside what each key says; null or empty for anywhere
 */
@Schema(
        name = "SettingsRequest",
        description = "A tenant's settings as they are to be; what is left out is the platform's.")
public record SettingsRequest(
        @Schema(description = "What subscribers and webhooks inherit.") @Valid @Nullable
        DeliveryPreferences preferences,

        @Schema(description = "What the tenant lets itself have.") @Valid @Nullable
        TenantLimits limits,

        @Schema(
                description = "For how many days the log keeps deliveries; as long as the platform does if left out.",
                examples = "7")
        @Min(1)
        @Nullable
        Integer retentionDays,

        @Schema(
                description = "Bodies for `payload_format` `template`, by name; a webhook uses one with `\"template\":"
                        + " \"@name\"`.",
                examples = "{\"chat\": \"{\\\"text\\\": \\\"{{type}}: {{name}}\\\"}\"}")
        @Size(max = 50)
        @Nullable
        Map<
                        @Pattern(
                                regexp = "[a-z0-9][a-z0-9_-]{0,63}",
                                message = "must be a name of lower-case letters, digits, _ and -")
                        String,
                        @NotNull String>
                templates,

        @Schema(description = "What the tenant aims at.") @Valid @Nullable
        MonitoringTargets monitoring,

        @Schema(
                description =
                        "Where its API keys may be used from, beside what each key says; from anywhere if left out.",
                examples = "[\"203.0.113.0/24\"]")
        @Size(max = 50)
        @Nullable
        List<@NotNull @Size(max = 64) String> allowedCidrs) {

    DeliveryPreferences effectivePreferences() {
        return preferences == null ? DeliveryPreferences.NONE : preferences;
    }

    Map<String, String> effectiveTemplates() {
        return templates == null ? Map.of() : templates;
    }

    List<String> effectiveAllowedCidrs() {
        return allowedCidrs == null ? List.of() : allowedCidrs;
    }
}
