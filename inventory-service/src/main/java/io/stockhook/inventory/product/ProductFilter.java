package io.stockhook.inventory.product;

import io.stockhook.web.validation.PlainText;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which products a list shows: those that hold to every filter that is given. */
public record ProductFilter(
        @QueryParam("sku") @PlainText @Parameter(description = "Exactly this sku.", example = "HEADPHONES-01") @Nullable
        String sku,

        @QueryParam("category")
        @PlainText
        @Parameter(description = "Exactly this category.", example = "Audio")
        @Nullable
        String category,

        @QueryParam("brand") @PlainText @Parameter(description = "Exactly this brand.", example = "Acme") @Nullable
        String brand,

        @QueryParam("supplier")
        @PlainText
        @Parameter(description = "Exactly this supplier.", example = "Acme Wholesale")
        @Nullable
        String supplier,

        @QueryParam("text")
        @PlainText
        @Size(max = 100)
        @Parameter(
                description = "Occurs in the name, the sku or the description, in upper or lower case.",
                example = "headphones")
        @Nullable
        String text,

        @QueryParam("stock_state")
        @Parameter(
                description = "`in_stock`: above its threshold; `low_stock`: at or below it, and not out;"
                        + " `out_of_stock`: none left.",
                example = "low_stock")
        @Nullable
        StockState stockState,

        @QueryParam("price_min") @Price @Parameter(description = "Costs this or more.", example = "10") @Nullable
        BigDecimal priceMin,

        @QueryParam("price_max") @Price @Parameter(description = "Costs this or less.", example = "200") @Nullable
        BigDecimal priceMax) {}
