package io.stockhook.inventory.product;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What differs between two states of a product. */
final class ProductChanges {

    private ProductChanges() {}

    /** The fields that differ, in the order in which the API shows them. Prices are compared as numbers: 19.9 is 19.90. */
    static List<FieldChange> between(Product before, Product after) {
        ProductDetails was = before.details();
        ProductDetails is = after.details();
        List<FieldChange> changes = new ArrayList<>();
        compare(changes, "sku", was.sku(), is.sku());
        compare(changes, "name", was.name(), is.name());
        compare(changes, "description", was.description(), is.description());
        compare(changes, "category", was.category(), is.category());
        compare(changes, "brand", was.brand(), is.brand());
        compare(changes, "supplier", was.supplier(), is.supplier());
        if (was.price().compareTo(is.price()) != 0) {
            changes.add(new FieldChange("price", was.price(), is.price()));
        }
        compare(changes, "currency", was.currency(), is.currency());
        compare(changes, "attributes", was.attributes(), is.attributes());
        compare(changes, "quantity", before.stock().quantity(), after.stock().quantity());
        compare(changes, "reserved", before.stock().reserved(), after.stock().reserved());
        compare(changes, "threshold", before.stock().threshold(), after.stock().threshold());
        return changes;
    }

    private static void compare(
            List<FieldChange> changes, String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changes.add(new FieldChange(field, before, after));
        }
    }
}
