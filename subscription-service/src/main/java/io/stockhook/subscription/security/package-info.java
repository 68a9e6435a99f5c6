/** What those who answer for security look at and do: signatures, and the rotation of keys. */
@NullMarked
package io.stockhook.subscription.security;

import org.jspecify.annotations.NullMarked;
