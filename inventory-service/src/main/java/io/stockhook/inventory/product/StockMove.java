package io.stockhook.inventory.product;

import org.jspecify.annotations.Nullable;

/**
 * A movement that is asked for.
 *
 * @param quantity how many: from 1 to {@link StockLevel#MAX}; for an adjustment the difference, positive or negative
 * @param reason why, in the caller's words
 * @param reference what it belongs to, an order number for example
 */
public record StockMove(
        MovementType type,
        long quantity,
        @Nullable String reason,
        @Nullable String reference) {}
