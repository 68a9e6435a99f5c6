package io.stockhook.receiver.mock;

import io.stockhook.web.problem.Problems;
import org.jspecify.annotations.Nullable;

/** Which of a mock endpoint's requests is listed first. */
enum RequestOrder {
    NEWEST,
    OLDEST;

    /** The order that a query asks for; newest first unless it says otherwise. */
    static RequestOrder of(@Nullable String text) {
        if (text == null || text.equals("newest")) {
            return NEWEST;
        }
        if (text.equals("oldest")) {
            return OLDEST;
        }
        throw Problems.badField("order", "Must be 'newest' or 'oldest'.");
    }
}
