package io.stockhook.inventory.product;

/** Which of three states a product's stock is in; every product is in exactly one. */
public enum StockState {
    /** Above its threshold. */
    IN_STOCK("p.quantity > p.threshold"),
    /** At or below its threshold, and not out. */
    LOW_STOCK("p.quantity > 0 and p.quantity <= p.threshold"),
    /** None left. Also at or below its threshold, which is said because the partial index of these needs it. */
    OUT_OF_STOCK("p.quantity = 0 and p.quantity <= p.threshold");

    private final String condition;

    StockState(String condition) {
        this.condition = condition;
    }

    /** The condition on a product {@code p} in HQL. */
    String condition() {
        return condition;
    }
}
