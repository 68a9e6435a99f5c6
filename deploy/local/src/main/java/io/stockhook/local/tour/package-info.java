/** The tour: the main job, shown over the public API only. */
@NullMarked
package io.stockhook.local.tour;

import org.jspecify.annotations.NullMarked;
