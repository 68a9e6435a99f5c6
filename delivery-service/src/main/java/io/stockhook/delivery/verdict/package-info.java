/** Whether an endpoint still works: counts its failures in a row and holds it once they are too many. */
@NullMarked
package io.stockhook.delivery.verdict;

import org.jspecify.annotations.NullMarked;
