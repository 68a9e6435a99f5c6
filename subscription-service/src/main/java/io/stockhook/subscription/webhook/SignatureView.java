package io.stockhook.subscription.webhook;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a webhook's deliveries are signed.
 *
 * @param schemes one or both
 * @param publicKeys {@code whpk_...}, newest first, more than one during a rotation; none without {@code v1a}
 */
@Schema(name = "Signature", description = "How deliveries are signed.")
public record SignatureView(
        @Schema(description = "The schemes of the header webhook-signature.", examples = "[\"v1\", \"v1a\"]")
        List<SignatureScheme> schemes,

        @Schema(
                description = "The public keys that verify `v1a`, newest first; more than one during a rotation.",
                examples = "[\"whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=\"]")
        List<String> publicKeys) {}
