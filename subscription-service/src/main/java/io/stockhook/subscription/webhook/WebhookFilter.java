package io.stockhook.subscription.webhook;

import io.stockhook.events.EventTypeNames;
import io.stockhook.events.EventTypes;
import io.stockhook.events.Ids;
import io.stockhook.web.problem.Problems;
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
     * @param names of event types, an alias of which finds the same webhooks
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the parameter that is wrong
     */
    static WebhookFilter of(
            @Nullable String status,
            @Nullable String event,
            @Nullable String subscriberId,
            @Nullable String text,
            EventTypeNames names) {
        return new WebhookFilter(
                status == null ? null : isActive(status),
                event == null ? null : patternsFor(event, names),
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

    private static List<String> patternsFor(String event, EventTypeNames names) {
        if (!EventTypes.isName(event)) {
            throw Problems.badField("event", "Must be the name of an event type, product.created for example.");
        }
        return names.patternsFor(event);
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
