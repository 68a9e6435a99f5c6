package io.stockhook.inventory.stock;

import io.stockhook.inventory.product.MovementType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A movement as the API shows it. */
@Schema(name = "StockMovement", description = "A line of the stock ledger. It is never changed.")
public record MovementView(
        @Schema(description = "Its identifier.", examples = "mov_0199f0a1b2c37d4e8f90a1b2c3d4e5f6")
        String id,

        @Schema(description = "Whose stock moved.", examples = "prd_0199f0a1b2c37d4e8f90a1b2c3d4e5f6")
        String productId,

        @Schema(description = "What kind of movement it was.", examples = "outflow")
        MovementType type,

        @Schema(description = "How many; for an adjustment the signed difference.", examples = "3")
        long quantity,

        @Schema(description = "How many were available before.", examples = "25")
        long quantityBefore,

        @Schema(description = "How many were available after.", examples = "22")
        long quantityAfter,

        @Schema(description = "How many were reserved after.", examples = "0")
        long reservedAfter,

        @Schema(description = "Why.", examples = "Sold in the shop") @Nullable
        String reason,

        @Schema(description = "What it belongs to.", examples = "ORDER-1001") @Nullable
        String reference,

        @Schema(
                description = "Who asked for it: an API key's identifier or a token's subject.",
                examples = "key_0199f0a1b2c37d4e8f90a1b2c3d4e5f6")
        String actor,

        @Schema(description = "When.", examples = "2026-01-15T10:30:00.123456Z")
        Instant createdAt) {}
