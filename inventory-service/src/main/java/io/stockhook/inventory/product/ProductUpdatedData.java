package io.stockhook.inventory.product;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** The data of {@code product.updated}: the product as it is now, and what led there. */
record ProductUpdatedData(@JsonUnwrapped ProductData product, List<FieldChange> changes) {}
