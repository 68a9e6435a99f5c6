package io.stockhook.subscription.audit;

import jakarta.validation.Valid;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which chain is to be verified.
 *
 * @param tenantId whose, said by the platform's admin only; null for all
 * @param head the head that an earlier verification gave; null to trust what is there
 */
@Schema(name = "VerifyRequest", description = "Which chain is to be verified. All of it may be left out.")
record VerifyRequest(
        @Schema(
                description = "Whose chain: for the platform's admin, who verifies all if it is left out.",
                examples = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        @Nullable
        String tenantId,

        @Schema(description = "The head of an earlier verification, which must still be there.") @Valid
        AuditVerification.@Nullable ChainHead head) {

    static final VerifyRequest DEFAULT = new VerifyRequest(null, null);
}
