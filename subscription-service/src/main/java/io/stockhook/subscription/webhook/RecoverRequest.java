package io.stockhook.subscription.webhook;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * From when on what a webhook missed is to be delivered.
 *
 * @param since what was held or given up at this time or later
 * @param dryRun null for false
 */
@Schema(name = "RecoverRequest", description = "From when on what a webhook missed is to be delivered.")
public record RecoverRequest(
        @Schema(
                description = "What was held or given up at this time or later; `disabled_at`, say.",
                examples = "2026-01-31T12:00:00Z")
        @NotNull
        Instant since,

        @Schema(description = "Whether only to say how many there are.", defaultValue = "false") @Nullable
        Boolean dryRun) {}
