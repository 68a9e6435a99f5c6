/** Filters: which events an endpoint wants of those that it subscribed to, by their data. */
@NullMarked
package io.stockhook.events.filter;

import org.jspecify.annotations.NullMarked;
