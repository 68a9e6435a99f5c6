package io.stockhook.inventory.stock;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stockhook.inventory.product.StockChange;
import io.stockhook.web.json.EnumNames;
import org.jspecify.annotations.Nullable;

/** The data of {@code inventory.stock_changed}. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record StockChangedData(
        String movementId,
        String productId,
        String sku,
        String productName,
        String movementType,
        long movementQuantity,
        long previousStock,
        long currentStock,
        long reservedStock,
        @Nullable String reason,
        @Nullable String reference) {

    static StockChangedData of(String movementId, StockChange change) {
        return new StockChangedData(
                movementId,
                change.product().id(),
                change.product().details().sku(),
                change.product().details().name(),
                EnumNames.of(change.move().type()),
                change.move().quantity(),
                change.before().quantity(),
                change.product().stock().quantity(),
                change.product().stock().reserved(),
                change.move().reason(),
                change.move().reference());
    }
}
