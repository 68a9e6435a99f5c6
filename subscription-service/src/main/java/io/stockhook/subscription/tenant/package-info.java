/** Tenants: the customers of the platform, and the wall that nothing crosses. */
@NullMarked
package io.stockhook.subscription.tenant;

import org.jspecify.annotations.NullMarked;
