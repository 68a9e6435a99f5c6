package io.stockhook.subscription.eventtype;

import io.stockhook.subscription.eventtype.catalog.PlatformType;
import io.stockhook.web.problem.Problems;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which event types a list shows.
 *
 * @param category null for any
 * @param isDeprecated null for both
 * @param text that name, display name or description contains, in lower case; null for any
 * @param isCustom whether only the tenant's own, or only the platform's; null for both
 */
record EventTypeFilter(
        @Nullable String category,
        @Nullable Boolean isDeprecated,
        @Nullable String text,
        @Nullable Boolean isCustom) {

    /** Longer than any sensible search and shorter than what makes matching slow. */
    private static final int MAX_TEXT = 200;

    /**
     * The filter of a query.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the parameter that is wrong
     */
    static EventTypeFilter of(
            @Nullable String category, @Nullable String status, @Nullable String text, @Nullable String custom) {
        return new EventTypeFilter(
                category == null ? null : checkedCategory(category),
                status == null ? null : isDeprecated(status),
                text == null ? null : checkedText(text),
                custom == null ? null : isCustom(custom));
    }

    /** Whether the filter lets a type of the platform through. */
    boolean takes(PlatformType type) {
        return !Boolean.TRUE.equals(isCustom)
                && (category == null || category.equals(type.category()))
                && (isDeprecated == null || isDeprecated == (type.deprecation() != null))
                && (text == null
                        || Stream.of(
                                        type.name(),
                                        type.displayName(),
                                        type.description(),
                                        String.join(" ", type.aliases()))
                                .anyMatch(
                                        words -> words.toLowerCase(Locale.ROOT).contains(text)));
    }

    private static String checkedCategory(String category) {
        if (!category.matches(EventTypeRequest.CATEGORY)) {
            throw Problems.badField("category", "Must be the name of a category; GET /event-type-categories has them.");
        }
        return category;
    }

    private static boolean isDeprecated(String status) {
        return switch (status) {
            case "deprecated" -> true;
            case "active" -> false;
            default -> throw Problems.badField("status", "Must be active or deprecated.");
        };
    }

    private static boolean isCustom(String custom) {
        return switch (custom) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problems.badField("custom", "Must be true or false.");
        };
    }

    private static String checkedText(String text) {
        if (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw Problems.badField("text", "Must have at most %d characters, no control ones.".formatted(MAX_TEXT));
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
