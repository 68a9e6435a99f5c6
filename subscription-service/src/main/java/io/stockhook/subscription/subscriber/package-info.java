/** A tenant's external systems: whom to ask about them, what their webhooks inherit and share, and how much they use. */
@NullMarked
package io.stockhook.subscription.subscriber;

import org.jspecify.annotations.NullMarked;
