/** Tries an endpoint with a sample, by the means of a delivery and without its consequences. */
@NullMarked
package io.stockhook.delivery.trial;

import org.jspecify.annotations.NullMarked;
