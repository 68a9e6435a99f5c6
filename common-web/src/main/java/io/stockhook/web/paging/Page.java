package io.stockhook.web.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what the page shows, in the list's order
 * @param next the cursor of the following page; null on the last
 * @param total how many there are on all pages; null where that is not cheap to know
 */
public record Page<T>(
        List<T> items, @Nullable String next, @Nullable Long total) implements Paged {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page of rows that were read with {@link PageQuery#fetchSize()}: what exceeds the limit is cut off and becomes
     * the reason for a next page.
     *
     * @param position of a row in the list, from which the following page continues; comes back by
     *     {@link PageQuery#after()}
     */
    public static <R, T> Page<T> of(
            List<R> rows, PageQuery query, Function<R, String> position, Function<R, T> view, @Nullable Long total) {
        boolean isLast = rows.size() <= query.limit();
        return of(isLast ? rows : rows.subList(0, query.limit()), isLast, position, view, total);
    }

    /**
     * A page of exactly these rows, for a list that may end a page before its limit.
     *
     * @param isLast whether no row follows; if one does, there must be a row to continue from
     */
    public static <R, T> Page<T> of(
            List<R> rows, boolean isLast, Function<R, String> position, Function<R, T> view, @Nullable Long total) {
        String next = isLast ? null : Cursor.encode(position.apply(rows.get(rows.size() - 1)));
        return new Page<>(rows.stream().map(view).toList(), next, total);
    }

    /** {@link #of(List, PageQuery, Function, Function, Long)} of rows that are shown as they are, without a total. */
    public static <T> Page<T> of(List<T> rows, PageQuery query, Function<T, String> position) {
        return of(rows, query, position, Function.identity(), null);
    }
}
