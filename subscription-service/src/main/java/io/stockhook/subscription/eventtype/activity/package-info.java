/** When events of each type were there last. */
@NullMarked
package io.stockhook.subscription.eventtype.activity;

import org.jspecify.annotations.NullMarked;
