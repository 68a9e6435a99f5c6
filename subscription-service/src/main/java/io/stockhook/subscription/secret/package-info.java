/** Signing secrets: which are good enough, and how one follows another. */
@NullMarked
package io.stockhook.subscription.secret;

import org.jspecify.annotations.NullMarked;
