/** Products: what they are, what they cost, how many there are. */
@NullMarked
package io.stockhook.inventory.product;

import org.jspecify.annotations.NullMarked;
