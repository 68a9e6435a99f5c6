package io.stockhook.subscription.subscriber;

import io.stockhook.web.problem.Problems;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which subscribers a list shows.
 *
 * @param isActive null for both
 * @param text that name, external reference or description contains, in lower case; null for any
 */
record SubscriberFilter(
        @Nullable Boolean isActive, @Nullable String text) {

    private static final int MAX_TEXT = 200;

    /**
     * The filter of a query.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the parameter that is wrong
     */
    static SubscriberFilter of(@Nullable String status, @Nullable String text) {
        if (text != null && (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl))) {
            throw Problems.badField("text", "Must have at most %d characters, no control ones.".formatted(MAX_TEXT));
        }
        return new SubscriberFilter(
                status == null ? null : isActive(status), text == null ? null : text.toLowerCase(Locale.ROOT));
    }

    private static boolean isActive(String status) {
        return switch (status) {
            case "active" -> true;
            case "inactive" -> false;
            default -> throw Problems.badField("status", "Must be active or inactive.");
        };
    }
}
