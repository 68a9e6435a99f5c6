/** The events of this service, on their way out with the change that caused them. */
@NullMarked
package io.stockhook.inventory.outbox;

import org.jspecify.annotations.NullMarked;
