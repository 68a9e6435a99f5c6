/** Every endpoint in memory, materialised from the compacted topic, and the index that matches events to them. */
@NullMarked
package io.stockhook.delivery.registry;

import org.jspecify.annotations.NullMarked;
