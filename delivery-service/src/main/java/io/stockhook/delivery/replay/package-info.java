/**
 * What people do about deliveries: retry, replay, cancel, one or many, and the jobs that do so. It needs the log, for what was sent; the
 * engine needs nothing of it.
 */
@NullMarked
package io.stockhook.delivery.replay;

import org.jspecify.annotations.NullMarked;
