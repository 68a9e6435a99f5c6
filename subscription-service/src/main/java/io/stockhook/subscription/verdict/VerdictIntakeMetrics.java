package io.stockhook.subscription.verdict;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.events.EndpointVerdict;
import jakarta.inject.Singleton;

/** Metrics of the verdicts that were taken. */
@Singleton
class VerdictIntakeMetrics {

    /** Counter {@value}: webhooks that were disabled, by {@code reason}: {@code gone} or {@code consecutive_failures}. */
    static final String DISABLED = "stockhook.webhooks.disabled";

    private final Counter gone;
    private final Counter consecutiveFailures;

    VerdictIntakeMetrics(MeterRegistry meters) {
        this.gone = counter(EndpointVerdict.GONE, meters);
        this.consecutiveFailures = counter(EndpointVerdict.CONSECUTIVE_FAILURES, meters);
    }

    void disabled(String reason) {
        (reason.equals(EndpointVerdict.GONE) ? gone : consecutiveFailures).increment();
    }

    private static Counter counter(String reason, MeterRegistry meters) {
        return Counter.builder(DISABLED)
                .description("Webhooks that were disabled because their endpoints take nothing")
                .tag("reason", reason)
                .register(meters);
    }
}
