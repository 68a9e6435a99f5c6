/** The two loops that all tasks run on: the mover, and the worker with its offset ledger. */
@NullMarked
package io.stockhook.delivery.stream;

import org.jspecify.annotations.NullMarked;
