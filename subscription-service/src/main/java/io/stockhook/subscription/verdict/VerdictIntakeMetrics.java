package io.stockhook.subscription.verdict;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.events.EndpointVerdict;
import jakarta.inject.Singleton;

/** Metrics of the verdicts that were taken. */
@Singleton
class VerdictIntakeMetrics {

    /** Counter {@value}: webhooks that were disabled, by {@code reason}: {@code gone}, {@code consecutive_failures} or {@code head_exhausted}. */
    static final String DISABLED = "stockhook.webhooks.disabled";

    private final Counter gone;
    private final Counter consecutiveFailures;
    private final Counter headExhausted;

    VerdictIntakeMetrics(MeterRegistry meters) {
        this.gone = counter(EndpointVerdict.GONE, meters);
        this.consecutiveFailures = counter(EndpointVerdict.CONSECUTIVE_FAILURES, meters);
        this.headExhausted = counter(EndpointVerdict.HEAD_EXHAUSTED, meters);
    }

    void disabled(String reason) {
        Counter counter =
                switch (reason) {
                    case EndpointVerdict.GONE -> gone;
                    case EndpointVerdict.HEAD_EXHAUSTED -> headExhausted;
                    default -> consecutiveFailures;
                };
        counter.increment();
    }

    private static Counter counter(String reason, MeterRegistry meters) {
        return Counter.builder(DISABLED)
                .description("Webhooks that were disabled because their endpoints take nothing")
                .tag("reason", reason)
                .register(meters);
    }
}
