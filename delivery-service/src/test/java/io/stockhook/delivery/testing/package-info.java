/** What tests of this service share. */
@NullMarked
package io.stockhook.delivery.testing;

import org.jspecify.annotations.NullMarked;
