package io.stockhook.web.ratelimit;

import io.github.bucket4j.TimeMeter;
import io.stockhook.web.ratelimit.CallerBudgets.Taken;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** The configured limit and what callers have used of it. Thread-safe. A bean of its own, because filters are made before settings are. */
@ApplicationScoped
class ApiLimit {

    private final ApiRateLimitConfig config;
    private final CallerBudgets budgets;

    ApiLimit(ApiRateLimitConfig config) {
        this.config = config;
        this.budgets = new CallerBudgets(config.limit(), config.window(), TimeMeter.SYSTEM_NANOTIME);
    }

    /** Takes a request of this caller's; empty if there is no limit. */
    Optional<Taken> take(String caller) {
        return config.limit() == 0 ? Optional.empty() : Optional.of(budgets.take(caller));
    }

    /** Requests in a window. */
    int limit() {
        return config.limit();
    }

    /** The window. */
    Duration window() {
        return config.window();
    }
}
