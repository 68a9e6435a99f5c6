/** How deliveries are signed and verified. */
@NullMarked
package io.stockhook.events.signature;

import org.jspecify.annotations.NullMarked;
