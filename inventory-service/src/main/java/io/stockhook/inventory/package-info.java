/** The inventory service. */
@NullMarked
package io.stockhook.inventory;

import org.jspecify.annotations.NullMarked;
