package io.stockhook.events.delivery;

import io.stockhook.events.EventData;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.Sha256;
import io.stockhook.events.filter.FieldPath;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a delivery stands in the order of its endpoint's.
 *
 * @param key of the deliveries that come one after the other; those without one share an order as well
 * @param attemptsBefore attempts of this run before the endpoint was enabled again, which began a new round of retries; 0 in the first
 */
public record Sequence(@Nullable String key, int attemptsBefore) {

    /** A longer key is replaced by its hash, in characters. */
    static final int MAX_KEY = 64;

    /** Where an event stands with an endpoint that orders by the field at this path; null if its data has no such value. */
    public static @Nullable Sequence of(EventData data, FieldPath path) {
        String value = data.root() == null ? null : path.firstText(data.root());
        return value == null || value.isEmpty() ? null : new Sequence(bounded(value), 0);
    }

    /** PostgreSQL's text holds no NUL, so a key with one is replaced as well. */
    private static String bounded(String value) {
        return value.length() <= MAX_KEY && value.indexOf('\0') < 0
                ? value
                : "sha256:" + HexFormat.of().formatHex(Sha256.of(value));
    }

    static void write(@Nullable Sequence sequence, WireWriter out) {
        out.text(sequence == null ? null : sequence.key).number(sequence == null ? 0 : sequence.attemptsBefore);
    }

    static @Nullable Sequence read(WireReader in) {
        String key = in.text();
        int attemptsBefore = in.integer();
        if (attemptsBefore < 0) {
            throw new MalformedRecordException("a task with a count of attempts out of range");
        }
        return key == null && attemptsBefore == 0 ? null : new Sequence(key, attemptsBefore);
    }
}
