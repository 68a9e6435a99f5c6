package io.stockhook.subscription.webhook;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a secret is to be replaced.
 *
 * @param secret the new one; null to have one made
 * @param overlap for how long the old one still signs as well, in milliseconds; null for the platform's default
 */
@Schema(name = "RotateSecretRequest", description = "How a secret is to be replaced; may be left out altogether.")
public record RotateSecretRequest(
        @Schema(description = "The new secret; made if left out.", examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        @Nullable
        String secret,

        @Schema(
                description = "For how long deliveries are signed with the old secret as well, in milliseconds;"
                        + " 0 ends it at once. A day if left out.",
                examples = "86400000")
        @Min(0)
        @Max(7 * RetryConfig.DAY_MS)
        @Nullable
        Long overlap) {

    static final RotateSecretRequest DEFAULT = new RotateSecretRequest(null, null);
}
