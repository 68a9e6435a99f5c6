package io.stockhook.web.paging;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.problem.Problems;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for, as a {@code @BeanParam}: {@code limit} and {@code cursor} of the query.
 *
 * <p>The values are checked when they are read: a limit out of range, a cursor that was not ours, or the {@code offset}
 * that this API does not have, is a 400 that names the parameter.
 *
 * @param rawLimit as it stands in the query; read {@link #limit()}
 * @param rawCursor as it stands in the query; read {@link #after()}
 * @param rawOffset as it stands in the query; refused
 */
public record PageQuery(
        @QueryParam("limit")
        @Parameter(
                description = "How many items at the most.",
                schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
        @Nullable
        String rawLimit,

        @QueryParam("cursor") @Parameter(description = "Where to go on: the `next` of the page before.") @Nullable
        String rawCursor,

        @QueryParam("offset") @Parameter(hidden = true) @Nullable
        String rawOffset) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    /** The first page of a list, with at most this many items. */
    public static PageQuery first(int limit) {
        return new PageQuery(Integer.toString(limit), null, null);
    }

    /**
     * How many items the page shows at the most, 1 to 200; 50 where the query does not say.
     *
     * @throws HttpProblem 400 naming {@code limit}, or {@code cursor} where an {@code offset} was given
     */
    public int limit() {
        if (rawOffset != null) {
            throw Problems.badField(
                    "cursor", "There is no offset; pass the cursor that the page before gave as 'next'.");
        }
        return rawLimit == null ? DEFAULT_LIMIT : parseLimit(rawLimit);
    }

    /** How many rows to read: one more than are shown, to know whether there is a next page. */
    public int fetchSize() {
        return limit() + 1;
    }

    /**
     * The position after which the page begins, as {@link Page#of} was given it; empty for the first page.
     *
     * @throws HttpProblem 400 naming {@code cursor}
     */
    public Optional<String> after() {
        return after(Function.identity());
    }

    /**
     * The position after which the page begins, parsed; empty for the first page.
     *
     * @param parse throws {@link IllegalArgumentException} for what is no position in this list
     * @throws HttpProblem 400 naming {@code cursor}
     */
    public <P> Optional<P> after(Function<String, P> parse) {
        if (rawCursor == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(Cursor.decode(rawCursor)));
        } catch (IllegalArgumentException e) {
            throw Problems.badField("cursor", "This is no cursor of this list; pass the 'next' of the page before.");
        }
    }

    private static int parseLimit(String text) {
        try {
            int parsed = Integer.parseInt(text);
            if (parsed >= 1 && parsed <= MAX_LIMIT) {
                return parsed;
            }
        } catch (NumberFormatException e) {
            // answered below, with the same words as a number out of range
        }
        throw Problems.badField("limit", "Must be a whole number from 1 to %d.".formatted(MAX_LIMIT));
    }
}
