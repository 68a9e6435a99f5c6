package io.stockhook.subscription.tenant;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.stockhook.web.validation.PlainText;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is to be.
 *
 * @param name what its people call it
 * @param payloadFormat what its webhooks send unless they say otherwise; null for the platform's, {@code standard}
 * @param retentionDays for how many days its deliveries are kept, 1 to the platform's maximum; null for that
 * @param isActive false to suspend it; null for true
 */
@Schema(name = "TenantRequest", description = "A tenant as it is to be.")
public record TenantRequest(
        @Schema(description = "What its people call it.", examples = "Acme Ltd") @NotBlank @Size(max = 200) @PlainText
        String name,

        @Schema(
                description = "What the tenant's webhooks send unless they or their subscribers say otherwise.",
                defaultValue = "standard",
                examples = "standard")
        @Nullable
        PayloadFormat payloadFormat,

        @Schema(
                description =
                        "For how many days the log keeps the tenant's deliveries: at least 1, at most what the platform"
                                + " keeps, and that if left out.",
                examples = "7")
        @Min(1)
        @Nullable
        Integer retentionDays,

        @Schema(
                description =
                        "False to suspend the tenant: every service refuses its keys and tokens, and its deliveries are held."
                                + " `active` is taken as well.",
                defaultValue = "true")
        @JsonAlias("active")
        @Nullable
        Boolean isActive) {}
