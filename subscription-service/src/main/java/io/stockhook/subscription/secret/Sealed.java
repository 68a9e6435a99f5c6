package io.stockhook.subscription.secret;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table with secrets that a rotation of the master key has to pass through. Called as the system. */
public interface Sealed {

    /** What it holds, as the progress names it. */
    String kind();

    /** How many rows there are. */
    long count();

    /** How many rows have a secret that another master key than this wraps. Looks at all of them. */
    long countOthers(String keyId);

    /**
     * Wraps the secrets of the next rows with the current master key, in a transaction of its own. Rows that have it already are
     * passed over, so that doing it twice changes nothing.
     *
     * @param after the row after which to go on; empty for the first
     * @param limit how many rows to look at
     */
    Step reseal(String after, int limit);

    /**
     * What was done.
     *
     * @param last the last row looked at; null if there was none
     * @param seen how many rows were looked at
     * @param changed how many of them were wrapped anew
     * @param isLast whether no row follows
     */
    record Step(@Nullable String last, int seen, int changed, boolean isLast) {

        /** The step that looked at these rows. */
        public static <T> Step of(List<T> rows, int limit, Function<T, String> id, int changed) {
            String last = rows.isEmpty() ? null : id.apply(rows.get(rows.size() - 1));
            return new Step(last, rows.size(), changed, rows.size() < limit);
        }
    }
}
