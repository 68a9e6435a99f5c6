package io.stockhook.inventory.product;

/** Where every change of a product's stock is written down. Called inside the change's transaction, the product locked. */
public interface StockLedger {

    /** Writes down the stock that a new product came with. */
    void opened(Product product);

    /** Writes down a movement, tells the world, and returns the id of the ledger's line. */
    String moved(StockChange change);
}
