/** What third parties send us: each webhook becomes an event. */
@NullMarked
package io.stockhook.receiver.ingest;

import org.jspecify.annotations.NullMarked;
