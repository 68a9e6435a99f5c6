/** Deliveries that an endpoint takes with 202 and confirms later: what it shows for it, and what becomes of the wait. */
@NullMarked
package io.stockhook.delivery.confirmation;

import org.jspecify.annotations.NullMarked;
