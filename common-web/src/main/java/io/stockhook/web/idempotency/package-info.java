/** Creating POSTs that may be repeated safely. */
@NullMarked
package io.stockhook.web.idempotency;

import org.jspecify.annotations.NullMarked;
