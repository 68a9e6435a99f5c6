package io.stockhook.subscription.settings;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant aims at.
 *
 * @param successRate the share of attempts that should succeed, in percent; null for no target
 * @param latencyMs within how many milliseconds endpoints should answer; null for no target
 */
@Schema(name = "MonitoringTargets", description = "What a tenant aims at; kept to compare with.")
public record MonitoringTargets(
        @Schema(description = "The share of attempts that should succeed, in percent.", examples = "99.5")
        @DecimalMin("0")
        @DecimalMax("100")
        @Nullable
        Double successRate,

        @Schema(description = "Within how many milliseconds endpoints should answer.", examples = "500")
        @Min(1)
        @Nullable
        Integer latencyMs) {}
