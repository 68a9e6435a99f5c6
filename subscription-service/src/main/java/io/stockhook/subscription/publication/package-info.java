/** What the control plane tells the other services, through the outbox to the compacted topics. */
@NullMarked
package io.stockhook.subscription.publication;

import org.jspecify.annotations.NullMarked;
