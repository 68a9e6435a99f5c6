/** The stock ledger: every movement of a product's quantity. */
@NullMarked
package io.stockhook.inventory.stock;

import org.jspecify.annotations.NullMarked;
