package io.stockhook.subscription.webhook;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a webhook's deliveries are to be signed.
 *
 * @param schemes one or both
 */
@Schema(name = "SignatureRequest", description = "How deliveries are to be signed.")
public record SignatureRequest(
        @Schema(
                description = "`v1`: HMAC-SHA256 with the secret. `v1a`: Ed25519, with a key pair that is made for the"
                        + " webhook and whose public key is shown with it.",
                examples = "[\"v1\", \"v1a\"]")
        @NotEmpty
        @Size(max = 2)
        List<@NotNull SignatureScheme> schemes) {}
