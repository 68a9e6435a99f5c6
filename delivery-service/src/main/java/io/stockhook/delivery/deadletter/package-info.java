/** What is not tried any more. */
@NullMarked
package io.stockhook.delivery.deadletter;

import org.jspecify.annotations.NullMarked;
