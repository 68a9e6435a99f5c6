/** How the services read and write JSON. */
@NullMarked
package io.stockhook.web.json;

import org.jspecify.annotations.NullMarked;
