/** Starts and stops the loops and says whether they run. */
@NullMarked
package io.stockhook.delivery.engine;

import org.jspecify.annotations.NullMarked;
