package io.stockhook.delivery.ordered;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.delivery.ordered.Backlog.Size;
import java.time.Clock;

/** What is measured of ordered endpoints. Thread-safe. */
final class OrderedMetrics {

    /** Counter {@value}: deliveries that were written to the backlog. */
    static final String SPILLED = "stockhook.ordered.spilled";
    /** Counter {@value}: tasks that were sent on because their endpoint is not ordered any more. */
    static final String RELEASED = "stockhook.ordered.released";
    /** Gauge: deliveries in the backlog, of all instances; each measures all of it. */
    static final String BACKLOG = "stockhook.ordered.backlog";
    /** Gauge, seconds: for how long the oldest of them has been there. Alert on this. */
    static final String BACKLOG_AGE = "stockhook.ordered.backlog.age";
    /** Gauge: ordering keys of which the first delivery waits for a retry. */
    static final String BLOCKED_KEYS = "stockhook.ordered.blocked.keys";
    /** Gauge: deliveries that wait in memory. */
    static final String WAITING = "stockhook.ordered.waiting";
    /** Gauge: attempts under way at ordered endpoints. */
    static final String IN_FLIGHT = "stockhook.ordered.in.flight";
    /** Gauge: partitions of this instance that wait for PostgreSQL before they serve their endpoints. */
    static final String UNCLAIMED = "stockhook.ordered.unclaimed.partitions";

    private final MeterRegistry meters;
    private final Counter spilled;
    private final Counter released;
    private volatile Size size = new Size(0, null);

    OrderedMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.spilled = Counter.builder(SPILLED)
                .description("Deliveries that were written to the backlog")
                .register(meters);
        this.released = Counter.builder(RELEASED)
                .description("Tasks sent on because their endpoint is not ordered any more")
                .register(meters);
        Gauge.builder(BACKLOG, this, source -> source.size.rows())
                .description("Deliveries in the backlog of ordered endpoints")
                .register(meters);
        Gauge.builder(
                        BACKLOG_AGE,
                        this,
                        source -> source.size.age(clock.instant()).toMillis() / 1000.0)
                .description("For how long the oldest delivery has been in the backlog")
                .baseUnit("seconds")
                .register(meters);
    }

    void watch(OrderedLoops loops) {
        Gauge.builder(BLOCKED_KEYS, loops, source -> source.sum(OrderedLoop::blockedKeys))
                .description("Ordering keys of which the first delivery waits for a retry")
                .register(meters);
        Gauge.builder(WAITING, loops, source -> source.sum(OrderedLoop::waiting))
                .description("Deliveries of ordered endpoints that wait in memory")
                .register(meters);
        Gauge.builder(IN_FLIGHT, loops, source -> source.sum(OrderedLoop::inFlight))
                .description("Attempts under way at ordered endpoints")
                .register(meters);
        Gauge.builder(UNCLAIMED, loops, source -> source.sum(OrderedLoop::unclaimed))
                .description("Partitions that wait for PostgreSQL before they serve their ordered endpoints")
                .register(meters);
    }

    void spilled(int deliveries) {
        spilled.increment(deliveries);
    }

    void released() {
        released.increment();
    }

    void measured(Size measured) {
        size = measured;
    }
}
