/** The attempt itself: body, signature, address check, POST, bounded response. */
@NullMarked
package io.stockhook.delivery.dispatch;

import org.jspecify.annotations.NullMarked;
