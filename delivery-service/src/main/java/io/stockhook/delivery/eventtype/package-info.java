/** Event types in memory, materialised from the compacted topic: their other spellings, and the versions of their payloads. */
@NullMarked
package io.stockhook.delivery.eventtype;

import org.jspecify.annotations.NullMarked;
