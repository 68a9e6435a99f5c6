/** The log of deliveries as the API shows it. Reads what {@code record} has written; the engine never asks it anything. */
@NullMarked
package io.stockhook.delivery.query;

import org.jspecify.annotations.NullMarked;
