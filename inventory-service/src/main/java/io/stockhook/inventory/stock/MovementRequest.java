package io.stockhook.inventory.stock;

import io.stockhook.inventory.product.MovementType;
import io.stockhook.inventory.product.StockLevel;
import io.stockhook.web.validation.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A movement as a tenant asks for it. */
@Schema(name = "StockMovementRequest", description = "A movement of a product's stock.")
public record MovementRequest(
        @NotNull
        @Schema(
                description =
                        "`inflow` adds, `outflow` takes, `adjustment` corrects by a signed difference, `reservation`"
                                + " takes what is promised and `release` gives it back.",
                examples = "outflow")
        MovementType type,

        @NotNull
        @Min(-StockLevel.MAX)
        @Max(StockLevel.MAX)
        @Schema(
                description = "How many, from 1 up. For an adjustment the difference, below or above 0.",
                examples = "3")
        Long quantity,

        @Size(max = 500) @PlainText @Schema(description = "Why.", examples = "Sold in the shop") @Nullable
        String reason,

        @Size(max = 200)
        @PlainText
        @Schema(description = "What it belongs to, an order number for example.", examples = "ORDER-1001")
        @Nullable
        String reference) {}
