/** Lost updates prevented: versions as entity tags (RFC 9110, section 8.8.3). */
@NullMarked
package io.stockhook.web.etag;

import org.jspecify.annotations.NullMarked;
