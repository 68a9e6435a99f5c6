/** A tenant's settings: what its webhooks inherit, what it keeps, and where its API keys may be used from. */
@NullMarked
package io.stockhook.subscription.settings;

import org.jspecify.annotations.NullMarked;
