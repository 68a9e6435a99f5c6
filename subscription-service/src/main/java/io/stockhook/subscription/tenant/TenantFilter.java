package io.stockhook.subscription.tenant;

import io.stockhook.web.problem.Problems;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which tenants a list shows.
 *
 * @param isActive null for both
 * @param text that the name contains, in lower case; null for any
 */
record TenantFilter(@Nullable Boolean isActive, @Nullable String text) {

    private static final int MAX_TEXT = 200;

    /**
     * The filter of a query.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the parameter that is wrong
     */
    static TenantFilter of(@Nullable String status, @Nullable String text) {
        if (text != null && (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl))) {
            throw Problems.badField("text", "Must have at most %d characters, no control ones.".formatted(MAX_TEXT));
        }
        return new TenantFilter(
                status == null ? null : isActive(status), text == null ? null : text.toLowerCase(Locale.ROOT));
    }

    private static boolean isActive(String status) {
        return switch (status) {
            case "active" -> true;
            case "suspended" -> false;
            default -> throw Problems.badField("status", "Must be active or suspended.");
        };
    }
}
