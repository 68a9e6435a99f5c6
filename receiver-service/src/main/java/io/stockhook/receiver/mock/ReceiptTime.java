package io.stockhook.receiver.mock;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.stockhook.events.MicroClock;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;

/**
 * Notes when a call of a mock endpoint arrived, before anything else is done with it: what it then waits for a thread is this
 * service's time and not that of the delivery which is being measured.
 */
@Singleton
class ReceiptTime {

    private static final String KEY = ReceiptTime.class.getName();
    private static final int BEFORE_ALL_OTHERS = 100_000;

    void register(@Observes Filters filters) {
        filters.register(ReceiptTime::note, BEFORE_ALL_OTHERS);
    }

    static Instant of(RoutingContext context) {
        Instant noted = context.get(KEY);
        return Objects.requireNonNullElseGet(noted, MicroClock::now);
    }

    private static void note(RoutingContext context) {
        if (context.get(KEY) == null && context.request().path().startsWith(MockCallResource.PATH + '/')) {
            context.put(KEY, MicroClock.now());
        }
        context.next();
    }
}
