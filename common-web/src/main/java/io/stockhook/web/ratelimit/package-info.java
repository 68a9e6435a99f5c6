/** How many requests a caller may send. */
@NullMarked
package io.stockhook.web.ratelimit;

import org.jspecify.annotations.NullMarked;
