package io.stockhook.subscription.subscriber;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.stockhook.subscription.webhook.DeliveryPreferences;
import io.stockhook.subscription.webhook.WebhookAuth;
import io.stockhook.web.validation.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber as it is to be. What is null is none, except that an existing subscriber keeps its auth.
 *
 * @param name what people call it
 * @param externalReference its key in somebody else's system; no other subscriber of the tenant has the same
 * @param description what it is
 * @param contact whom to ask
 * @param isActive null for true
 * @param auth how deliveries to its endpoints authenticate; the value {@code ***} keeps the secret that is stored
 * @param limits what it may take and have
 * @param preferences what its webhooks inherit
 * @param metadata the tenant's own notes
 */
@Schema(name = "SubscriberRequest", description = "A subscriber as it is to be.")
public record SubscriberRequest(
        @Schema(description = "What people call it.", examples = "ERP") @NotBlank @Size(max = 200) @PlainText
        String name,

        @Schema(
                description = "Its key in a system of yours; no two subscribers have the same.",
                examples = "crm-account-4711")
        @Size(min = 1, max = 200)
        @PlainText
        @Nullable
        String externalReference,

        @Schema(description = "What it is.", examples = "The warehouse's ERP, run by Example Ltd.")
        @Size(max = 2000)
        @Nullable
        String description,

        @Schema(description = "Whom to ask about it.") @Valid @Nullable
        Contact contact,

        @Schema(
                description =
                        "Whether its webhooks get deliveries; `active` is taken as well. While it is not, deliveries"
                                + " are held.",
                defaultValue = "true")
        @JsonAlias("active")
        @Nullable
        Boolean isActive,

        @Schema(
                description =
                        "How deliveries to its endpoints authenticate, unless a webhook has an auth of its own. Left"
                                + " out of a PUT, it stays; null in a PATCH takes it away.")
        @Valid
        @Nullable
        WebhookAuth auth,

        @Schema(description = "What it may take and have.") @Valid @Nullable
        SubscriberLimits limits,

        @Schema(description = "What its webhooks inherit.") @Valid @Nullable
        DeliveryPreferences preferences,

        @Schema(description = "Notes of your own; nothing reads them.", examples = "{\"team\": \"logistics\"}")
        @Size(max = 50)
        @Nullable
        Map<@Size(min = 1, max = 64) @PlainText String, @NotNull @Size(max = 512) String> metadata) {

    DeliveryPreferences effectivePreferences() {
        return preferences == null ? DeliveryPreferences.NONE : preferences;
    }
}
