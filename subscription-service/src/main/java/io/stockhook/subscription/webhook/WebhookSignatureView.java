package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How one webhook's deliveries are signed, and how old its keys are. */
@Schema(name = "WebhookSignature", description = "How one webhook's deliveries are signed, and how old its keys are.")
record WebhookSignatureView(
        @Schema(description = "The webhook's identifier.", examples = "wh_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String webhookId,

        @Schema(description = "Its name.", examples = "orders to the ERP")
        String name,

        @Schema(description = "Whether it gets deliveries.", examples = "true") @JsonProperty("is_active")
        boolean isActive,

        @Schema(description = "Its signature schemes.", examples = "[\"v1\"]")
        List<SignatureScheme> schemes,

        @Schema(description = "The public keys that verify `v1a`; two during a rotation.")
        List<String> publicKeys,

        @Schema(description = "Since when the newest secret signs.", examples = "2026-01-15T10:30:00Z")
        Instant secretSince,

        @Schema(description = "How many secrets sign now; more than one during a rotation.", examples = "1")
        int validSecrets,

        @Schema(
                description = "Until when an older secret signs as well; null when no rotation is under way.",
                examples = "2026-01-16T10:30:00Z")
        @Nullable
        Instant previousSecretValidUntil,

        @Schema(
                description = "Whether the newest secret is older than the platform wants it to get.",
                examples = "false")
        boolean rotationDue) {}
