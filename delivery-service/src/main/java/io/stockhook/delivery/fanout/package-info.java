/** An event becomes a task for each endpoint that subscribed to it. */
@NullMarked
package io.stockhook.delivery.fanout;

import org.jspecify.annotations.NullMarked;
