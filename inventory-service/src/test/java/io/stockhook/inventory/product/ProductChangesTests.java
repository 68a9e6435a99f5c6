package io.stockhook.inventory.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProductChangesTests {

    private static final ObjectNode BLACK =
            JsonNodeFactory.instance.objectNode().put("color", "black");

    @Test
    void namesWhatDiffersWithItsOldAndItsNewValue() {
        Product before = product("Lamp", "Acme", "19.90", BLACK, new StockLevel(3, 0, 1));
        Product after = product("Lamp", null, "17.50", BLACK.deepCopy(), new StockLevel(2, 1, 1));

        // When
        var changes = ProductChanges.between(before, after);

        // Then
        assertThat(changes)
                .containsExactly(
                        new FieldChange("brand", "Acme", null),
                        new FieldChange("price", new BigDecimal("19.90"), new BigDecimal("17.50")),
                        new FieldChange("quantity", 3L, 2L),
                        new FieldChange("reserved", 0L, 1L));
    }

    @Test
    void aPriceWrittenOtherwiseIsTheSamePrice() {
        Product before = product("Lamp", null, "19.90", BLACK, new StockLevel(3, 0, 1));
        Product after = product("Lamp", null, "19.9", BLACK, new StockLevel(3, 0, 1));

        assertThat(ProductChanges.between(before, after)).isEmpty();
    }

    private static Product product(
            String name, @Nullable String brand, String price, ObjectNode attributes, StockLevel stock) {
        return new Product(
                "prd_1",
                "ten_1",
                new ProductDetails("S", name, null, null, brand, null, new BigDecimal(price), "EUR", attributes),
                stock,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
