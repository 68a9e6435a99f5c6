/** The records of a delivery's life: task, attempt and dead letter, with their serialization. */
@NullMarked
package io.stockhook.events.delivery;

import org.jspecify.annotations.NullMarked;
