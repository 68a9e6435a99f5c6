package io.stockhook.inventory.product;

/** Kinds of movement of a product's stock. */
public enum MovementType {
    /** Goods that came in. */
    INFLOW("An inflow"),
    /** Goods that left. */
    OUTFLOW("An outflow"),
    /** A correction after counting. */
    ADJUSTMENT("An adjustment"),
    /** Goods promised to somebody: still here, no longer available. */
    RESERVATION("A reservation"),
    /** A promise taken back: available again. */
    RELEASE("A release");

    private final String noun;

    MovementType(String noun) {
        this.noun = noun;
    }

    /** As a sentence about it begins. */
    String noun() {
        return noun;
    }
}
