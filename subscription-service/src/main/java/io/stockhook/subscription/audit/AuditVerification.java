package io.stockhook.subscription.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whether the trail is as it was written.
 *
 * @param isValid whether every chain that was asked for holds
 * @param chains how many were checked
 * @param entries how many entries hold
 * @param broken the first broken link of each chain that does not hold, of the first hundred
 * @param head the last entry, of a single chain that holds; to be kept elsewhere and brought along the next time
 */
@Schema(name = "AuditVerification", description = "Whether the trail is as it was written.")
record AuditVerification(
        @Schema(description = "Whether every chain that was asked for holds.", examples = "true") @JsonProperty("valid")
        boolean isValid,

        @Schema(description = "How many chains were checked.", examples = "1")
        int chains,

        @Schema(description = "How many entries hold.", examples = "4711")
        long entries,

        @Schema(description = "The first broken link of each chain that does not hold.")
        List<BrokenLink> broken,

        @Schema(description = "The last entry of a chain that holds: remember it, and bring it along the next time.")
        @Nullable
        ChainHead head) {

    /** The first place at which a chain does not hold. */
    @Schema(name = "BrokenLink", description = "The first place at which a chain does not hold.")
    record BrokenLink(
            @Schema(description = "Whose chain.", examples = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
            String tenantId,

            @Schema(description = "The place in the chain.", examples = "42")
            long seq,

            @Schema(description = "What is wrong there.", examples = "Its content is not what its hash was made of.")
            String reason) {}

    /** An entry by its place and its hash. */
    @Schema(name = "ChainHead", description = "An entry of a chain, by its place and its hash.")
    record ChainHead(
            @Schema(description = "The place in the chain.", examples = "4711") @Min(1)
            long seq,

            @Schema(
                    description = "The entry's hash.",
                    examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
            @NotNull
            @Pattern(regexp = "[0-9a-f]{64}")
            String hash) {}
}
