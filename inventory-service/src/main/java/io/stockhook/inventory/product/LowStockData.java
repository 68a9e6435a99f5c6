package io.stockhook.inventory.product;

/** The data of {@code inventory.low_stock}. */
record LowStockData(String productId, String productName, long currentStock, long threshold) {

    static LowStockData of(Product product) {
        return new LowStockData(
                product.id(),
                product.details().name(),
                product.stock().quantity(),
                product.stock().threshold());
    }
}
