package io.stockhook.subscription.webhook;

import io.stockhook.events.EventTypes;
import io.stockhook.events.Ids;
import io.stockhook.web.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which webhooks a list shows.
 *
 * @param isActive null for both
 * @param patterns of which a webhook subscribes to one at least; null for any
 * @param subscriberId whose it is; null for anybody's or nobody's
 * @param text that name, description or url contains, in lower case; null for any
 */
record WebhookFilter(
        @Nullable Boolean isActive,
        @Nullable List<String> patterns,
        @Nullable String subscriberId,
        @Nullable String text) {

    /** Longer than any sensible search and shorter than what makes matching slow. */
    private static final int MAX_TEXT = 200;

    /**
     * The filter of a query.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the parameter that is wrong
     */
    static WebhookFilter of(
            @Nullable String status, @Nullable String event, @Nullable String subscriberId, @Nullable String text) {
        return new WebhookFilter(
                status == null ? null : isActive(status),
                event == null ? null : patternsFor(event),
                subscriberId == null ? null : checkedSubscriber(subscriberId),
                text == null ? null : checkedText(text));
    }

    private static boolean isActive(String status) {
        return switch (status) {
            case "active" -> true;
            case "inactive" -> false;
            default -> throw Problems.badField("status", "Must be active or inactive.");
        };
    }

    /** Every pattern under which an event of this type is delivered. */
    private static List<String> patternsFor(String event) {
        if (!EventTypes.isName(event)) {
            throw Problems.badField("event", "Must be the name of an event type, product.created for example.");
        }
        List<String> patterns = new ArrayList<>();
        patterns.add(EventTypes.ANY);
        for (String spelling : EventTypes.spellings(EventTypes.canonical(event))) {
            patterns.add(spelling);
            for (int dot = spelling.indexOf('.'); dot >= 0; dot = spelling.indexOf('.', dot + 1)) {
                patterns.add(spelling.substring(0, dot + 1) + EventTypes.ANY);
            }
        }
        return List.copyOf(patterns);
    }

    private static String checkedSubscriber(String id) {
        if (!Ids.isA(Ids.Kind.SUBSCRIBER, id)) {
            throw Problems.badField("subscriber_id", "Must be the id of a subscriber, sub_... .");
        }
        return id;
    }

    private static String checkedText(String text) {
        if (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw Problems.badField("text", "Must have at most %d characters, no control ones.".formatted(MAX_TEXT));
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
