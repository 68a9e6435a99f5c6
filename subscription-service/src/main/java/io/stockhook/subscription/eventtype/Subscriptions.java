package io.stockhook.subscription.eventtype;

import java.util.List;
import java.util.Map;

/** What event types have to know of those who subscribe to them. */
public interface Subscriptions {

    /**
     * How many webhooks of a tenant subscribe to each type.
     *
     * @param patternsByName by the name of a type, the patterns that get it
     * @return by the same names; none for a type that nobody subscribes to
     */
    Map<String, Long> countOfTenant(String tenantId, Map<String, List<String>> patternsByName);

    /** How many webhooks of a tenant have exactly this pattern. */
    long countOfTenant(String tenantId, String pattern);
}
