/** Event types: the platform's, which are data files, and the tenants' own, with versions of their payloads. */
@NullMarked
package io.stockhook.subscription.eventtype;

import org.jspecify.annotations.NullMarked;
