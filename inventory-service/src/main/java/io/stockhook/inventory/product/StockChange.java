package io.stockhook.inventory.product;

/**
 * A movement that has happened.
 *
 * @param product as it is after it
 * @param before the level it started from
 * @param move what was asked for
 */
public record StockChange(Product product, StockLevel before, StockMove move) {}
