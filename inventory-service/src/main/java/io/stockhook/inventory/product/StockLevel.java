package io.stockhook.inventory.product;

import java.util.ArrayList;
import java.util.List;

/**
 * How many of a product there are.
 *
 * @param quantity available for sale, never below zero
 * @param reserved promised and no longer available, never below zero
 * @param threshold at and below which the stock is low; 0 switches that off
 */
public record StockLevel(long quantity, long reserved, long threshold) {

    /** The most of a product that the service counts. */
    public static final long MAX = 1_000_000_000_000L;

    /** A line that a change of the level crossed. */
    public enum Crossing {
        /** Was above its threshold and is no longer. */
        LOW,
        /** There were some and there are none. */
        OUT,
        /** There were none and there are some. */
        BACK
    }

    /**
     * The level after a movement.
     *
     * @throws StockRefusedException if there is not enough to take, or no room to put
     */
    public StockLevel after(StockMove move) {
        long amount = move.quantity();
        return switch (move.type()) {
            case INFLOW, ADJUSTMENT -> moved(move, amount, 0);
            case OUTFLOW -> moved(move, -amount, 0);
            case RESERVATION -> moved(move, -amount, amount);
            case RELEASE -> moved(move, amount, -amount);
        };
    }

    /** The same level with the quantity and threshold that the tenant states. */
    StockLevel stated(long newQuantity, long newThreshold) {
        return new StockLevel(newQuantity, reserved, newThreshold);
    }

    /** The lines crossed from this level to that one, in the order in which they are to be told. */
    List<Crossing> crossingsTo(StockLevel after) {
        List<Crossing> crossed = new ArrayList<>();
        if (!isLow() && after.isLow()) {
            crossed.add(Crossing.LOW);
        }
        if (quantity > 0 && after.quantity == 0) {
            crossed.add(Crossing.OUT);
        }
        if (quantity == 0 && after.quantity > 0) {
            crossed.add(Crossing.BACK);
        }
        return crossed;
    }

    private boolean isLow() {
        return threshold > 0 && quantity <= threshold;
    }

    private StockLevel moved(StockMove move, long toQuantity, long toReserved) {
        StockLevel after = new StockLevel(quantity + toQuantity, reserved + toReserved, threshold);
        if (after.reserved < 0) {
            throw new StockRefusedException(
                    "A release of %d is more than is reserved: %d.".formatted(move.quantity(), reserved));
        }
        if (after.quantity < 0) {
            throw new StockRefusedException("%s of %d is more than there is: %d."
                    .formatted(move.type().noun(), Math.abs(move.quantity()), quantity));
        }
        if (after.quantity > MAX || after.reserved > MAX) {
            throw new StockRefusedException("More than %d of a product cannot be kept.".formatted(MAX));
        }
        return after;
    }
}
