/**
 * How the circuits of endpoints stand. Each is its endpoint's owner's business; what it becomes is said on a topic that every instance holds
 * in memory, so that whichever is asked can tell.
 */
@NullMarked
package io.stockhook.delivery.circuit;

import org.jspecify.annotations.NullMarked;
