package io.stockhook.delivery.verdict;

import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.delivery.dispatch.Attempts;
import io.stockhook.delivery.registry.EndpointRegistry;
import java.time.Clock;

/** Assembles what judges endpoints: a judge for each event loop, and attempts that heed it. */
public final class Verdicts {

    private final EndpointRegistry registry;
    private final VerdictConfig config;
    private final VerdictMetrics metrics;
    private final Clock clock;

    /** Judges by these settings. */
    public Verdicts(EndpointRegistry registry, VerdictConfig config, MeterRegistry meters, Clock clock) {
        this.registry = registry;
        this.config = config;
        this.metrics = new VerdictMetrics(meters);
        this.clock = clock;
    }

    /** A judge for the endpoints of one event loop. */
    public EndpointJudge judge() {
        return new EndpointJudge(registry, config, metrics, clock);
    }

    /** These attempts, but for endpoints that the judge holds. */
    public Attempts heeding(EndpointJudge judge, Attempts attempts) {
        return new HeldAttempts(attempts, registry, judge, clock);
    }
}
