/** API keys: made here, known to every service through the compacted tenants topic. */
@NullMarked
package io.stockhook.subscription.apikey;

import org.jspecify.annotations.NullMarked;
