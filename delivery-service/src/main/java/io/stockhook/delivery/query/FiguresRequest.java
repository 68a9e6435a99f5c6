package io.stockhook.delivery.query;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Of which webhooks figures are asked for.
 *
 * @param webhookIds 1 to 200
 * @param summary whether the tenant's summary is asked for as well; null for not
 */
@Schema(name = "FiguresRequest", description = "Of which webhooks figures are asked for.")
public record FiguresRequest(
        @Schema(description = "The webhooks.", example = "[\"wh_0198c5e27b0a7c3f9d2ab41c6f7e8d90\"]")
        @NotNull
        @Size(max = 200)
        List<@NotNull String> webhookIds,

        @Schema(description = "Whether to sum up all of the tenant's webhooks as well.", defaultValue = "false")
        @Nullable
        Boolean summary) {}
