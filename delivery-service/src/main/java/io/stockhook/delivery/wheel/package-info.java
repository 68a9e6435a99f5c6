/** Delay topics: a task waits for its due time without anybody holding it in memory. */
@NullMarked
package io.stockhook.delivery.wheel;

import org.jspecify.annotations.NullMarked;
