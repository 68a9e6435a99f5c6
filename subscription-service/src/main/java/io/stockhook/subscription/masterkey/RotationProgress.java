package io.stockhook.subscription.masterkey;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How far the secrets are on their way to a master key.
 *
 * @param keyId the key that encrypts
 * @param startedAt when the pass to it was asked for; null if it was not
 * @param finishedAt when the last secret had passed; null until then
 */
@Schema(name = "MasterKeyRotation", description = "How far the secrets are on their way to the current master key.")
public record RotationProgress(
        @Schema(description = "The key that encrypts: the first that is configured.", examples = "2026-02")
        String keyId,

        @Schema(
                description = "When the pass to it was asked for; null if it was not.",
                examples = "2026-02-01T10:00:00Z")
        @Nullable
        Instant startedAt,

        @Schema(description = "When the last secret had passed; null until then.", examples = "2026-02-01T10:05:00Z")
        @Nullable
        Instant finishedAt,

        @Schema(description = "How far each table is.") List<Kind> kinds,

        @Schema(
                description =
                        "How many rows have a secret that another master key wraps. An old key is of use until this is 0.",
                examples = "0")
        long remaining) {

    /** How far one table is. */
    @Schema(name = "MasterKeyProgress", description = "How far one table is.")
    public record Kind(
            @Schema(description = "What it holds.", examples = "webhooks")
            String kind,

            @Schema(description = "How many rows there are.", examples = "1200")
            long total,

            @Schema(description = "How many have been looked at.", examples = "800")
            long seen,

            @Schema(description = "How many of them were sealed anew.", examples = "800")
            long changed,

            @Schema(description = "How many have a secret that another master key wraps.", examples = "400")
            long remaining) {}
}
