package io.stockhook.inventory.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a product is and costs, as its tenant says.
 *
 * @param sku the tenant's own name of it, unique for the tenant
 * @param price exact, see {@link Prices}
 * @param currency ISO 4217 code
 * @param attributes anything else; not to be changed in place
 */
public record ProductDetails(
        String sku,
        String name,
        @Nullable String description,
        @Nullable String category,
        @Nullable String brand,
        @Nullable String supplier,
        BigDecimal price,
        String currency,
        ObjectNode attributes) {}
