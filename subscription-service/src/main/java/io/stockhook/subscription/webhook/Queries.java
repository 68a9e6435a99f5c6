package io.stockhook.subscription.webhook;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Query parameters that are passed on. */
final class Queries {

    private Queries() {}

    static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}
