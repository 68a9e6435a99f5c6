/** Lists in pages, by opaque cursor. */
@NullMarked
package io.stockhook.web.paging;

import org.jspecify.annotations.NullMarked;
