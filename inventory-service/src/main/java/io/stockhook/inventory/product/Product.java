package io.stockhook.inventory.product;

import java.time.Instant;

/**
 * A product as it is at one version.
 *
 * @param id {@code prd_…}
 * @param tenantId whose product it is
 * @param details what it is and costs
 * @param stock how many there are
 * @param version 1 at creation, one more with every change
 * @param createdAt to the microsecond, UTC
 * @param updatedAt time of this version, to the microsecond, UTC
 */
public record Product(
        String id,
        String tenantId,
        ProductDetails details,
        StockLevel stock,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** This version, as its tenant wants it to be. */
    Product with(ProductDetails newDetails, StockLevel newStock) {
        return new Product(id, tenantId, newDetails, newStock, version, createdAt, updatedAt);
    }

    /** The following version with the same content. */
    Product next(Instant now) {
        return new Product(id, tenantId, details, stock, version + 1, createdAt, now);
    }
}
