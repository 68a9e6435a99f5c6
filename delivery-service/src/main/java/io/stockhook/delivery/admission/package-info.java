/** May this task go now? One small state for each endpoint, held by its owner. */
@NullMarked
package io.stockhook.delivery.admission;

import org.jspecify.annotations.NullMarked;
