/** One address for four services: a reverse proxy that routes by path. It knows nothing of what it stands before. */
@NullMarked
package io.stockhook.local.frontdoor;

import org.jspecify.annotations.NullMarked;
