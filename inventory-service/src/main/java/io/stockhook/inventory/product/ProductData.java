package io.stockhook.inventory.product;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A product in the data of an event. Every field is always there, so that a filter can rely on it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ProductData(
        String productId,
        String sku,
        String name,
        @Nullable String category,
        @Nullable String brand,
        @Nullable String supplier,
        BigDecimal price,
        String currency,
        long quantity,
        ObjectNode attributes,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static ProductData of(Product product) {
        ProductDetails details = product.details();
        return new ProductData(
                product.id(),
                details.sku(),
                details.name(),
                details.category(),
                details.brand(),
                details.supplier(),
                details.price(),
                details.currency(),
                product.stock().quantity(),
                details.attributes(),
                product.version(),
                product.createdAt(),
                product.updatedAt());
    }
}
