/**
 * The log of deliveries: what the topics say of attempts, dead letters and events, written to PostgreSQL in batches. Its being
 * late, or away, never delays a delivery.
 */
@NullMarked
package io.stockhook.delivery.record;

import org.jspecify.annotations.NullMarked;
