package io.stockhook.delivery.verdict;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.events.EndpointVerdict;

/** Metrics of verdicts. Thread-safe. */
final class VerdictMetrics {

    /** Counter {@value}: endpoints that are to be disabled, by {@code reason}: {@code gone}, {@code consecutive_failures} or {@code head_exhausted}. */
    static final String VERDICTS = "stockhook.endpoint.verdicts";

    private final Counter gone;
    private final Counter consecutiveFailures;
    private final Counter headExhausted;

    VerdictMetrics(MeterRegistry meters) {
        this.gone = counter(EndpointVerdict.GONE, meters);
        this.consecutiveFailures = counter(EndpointVerdict.CONSECUTIVE_FAILURES, meters);
        this.headExhausted = counter(EndpointVerdict.HEAD_EXHAUSTED, meters);
    }

    void found(String reason) {
        Counter counter =
                switch (reason) {
                    case EndpointVerdict.GONE -> gone;
                    case EndpointVerdict.HEAD_EXHAUSTED -> headExhausted;
                    default -> consecutiveFailures;
                };
        counter.increment();
    }

    private static Counter counter(String reason, MeterRegistry meters) {
        return Counter.builder(VERDICTS)
                .description("Endpoints that were found to take nothing and are to be disabled")
                .tag("reason", reason)
                .register(meters);
    }
}
