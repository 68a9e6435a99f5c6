package io.stockhook.web.paging;

import org.jspecify.annotations.Nullable;

/** An answer with one page of a list, which is linked to the next one (RFC 8288). */
public interface Paged {

    /** The cursor of the following page; null on the last. */
    @Nullable
    String next();
}
