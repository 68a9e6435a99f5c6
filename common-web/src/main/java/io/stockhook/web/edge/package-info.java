/** What happens to a request before it is routed: path, trace context, size. */
@NullMarked
package io.stockhook.web.edge;

import org.jspecify.annotations.NullMarked;
