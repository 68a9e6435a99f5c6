package io.stockhook.subscription.audit;

import io.stockhook.web.problem.Problems;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; null filters nothing.
 *
 * @param tenantId whose; empty for everybody's
 * @param action one action, or all that begin alike: {@code webhook.*}
 * @param from from when on
 * @param to until before when
 */
record AuditFilter(
        Optional<String> tenantId,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String target,
        @Nullable Instant from,
        @Nullable Instant to) {

    private static final Pattern ACTION = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*(\\.\\*)?");
    private static final String ANY = ".*";

    AuditFilter {
        if (action != null && !ACTION.matcher(action).matches()) {
            throw Problems.badField("action", "Must be an action, webhook.patch, or all of a kind, webhook.*");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problems.badField("to", "Must be after from.");
        }
    }

    boolean isActionPrefix() {
        return action != null && action.endsWith(ANY);
    }

    /** What an action is compared with in SQL. */
    Optional<String> actionPattern() {
        if (action == null) {
            return Optional.empty();
        }
        String literal = isActionPrefix() ? action.substring(0, action.length() - 1) : action;
        return Optional.of(isActionPrefix() ? literal.replace("_", "\\_") + '%' : literal);
    }
}
