/** How durations are counted: what the recorder writes and the statistics read must agree on. Pure. */
@NullMarked
package io.stockhook.delivery.latency;

import org.jspecify.annotations.NullMarked;
