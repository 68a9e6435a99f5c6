/** The platform's event types, read from data files when the service starts. */
@NullMarked
package io.stockhook.subscription.eventtype.catalog;

import org.jspecify.annotations.NullMarked;
