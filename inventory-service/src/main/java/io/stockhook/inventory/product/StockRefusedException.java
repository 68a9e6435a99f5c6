package io.stockhook.inventory.product;

/** The stock does not allow a movement. */
public final class StockRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    StockRefusedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What is there, in a sentence for the caller. */
    public String reason() {
        return reason;
    }
}
