/** Deliveries of ordered endpoints: one at a time, in the order of their events, in memory while all goes well and else from a backlog. */
@NullMarked
package io.stockhook.delivery.ordered;

import org.jspecify.annotations.NullMarked;
