/** Measures the delivery path on one machine with everything on it; each figure beside the bare loop of its run. */
@NullMarked
package io.stockhook.benchmark;

import org.jspecify.annotations.NullMarked;
