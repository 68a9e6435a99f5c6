/** Compacted topics as tables in memory. */
@NullMarked
package io.stockhook.events.log;

import org.jspecify.annotations.NullMarked;
