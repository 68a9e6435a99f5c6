package io.stockhook.delivery.replay;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a dry run found. */
@Schema(name = "DryRun", description = "How many it would be about; nothing was done.")
public record CountView(
        @Schema(description = "Always true.", example = "true")
        boolean dryRun,

        @Schema(description = "How many there are now; counted up to a million.", example = "4711")
        long count) {}
