/** State and event in one transaction: the outbox table and the relay that publishes it in order. */
@NullMarked
package io.stockhook.events.outbox;

import org.jspecify.annotations.NullMarked;
