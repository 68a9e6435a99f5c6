/** Takes what delivery-service finds of endpoints. */
@NullMarked
package io.stockhook.subscription.verdict;

import org.jspecify.annotations.NullMarked;
