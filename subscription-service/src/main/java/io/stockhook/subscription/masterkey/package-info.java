/** The rotation of the master key: every secret at rest passed to the new one, while everything goes on. */
@NullMarked
package io.stockhook.subscription.masterkey;

import org.jspecify.annotations.NullMarked;
