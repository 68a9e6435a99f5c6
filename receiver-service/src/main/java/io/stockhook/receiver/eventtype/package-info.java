/** Event types in memory, materialised from the compacted topic. */
@NullMarked
package io.stockhook.receiver.eventtype;

import org.jspecify.annotations.NullMarked;
