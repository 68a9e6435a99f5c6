package io.stockhook.delivery.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What admission counts. */
final class AdmissionMetrics {

    /** Counter {@value}: tasks that were put off without an attempt. */
    static final String DEFERRALS = "stockhook.delivery.deferrals";
    /** Counter {@value}: tasks that were dropped because the same one had been taken already. */
    static final String TWINS = "stockhook.delivery.twins";

    private final Counter deferrals;
    private final Counter twins;

    AdmissionMetrics(MeterRegistry meters) {
        deferrals = Counter.builder(DEFERRALS)
                .description("Tasks put off because their endpoint could take no more")
                .register(meters);
        twins = Counter.builder(TWINS)
                .description("Tasks dropped because the same one had been taken already")
                .register(meters);
    }

    void deferral() {
        deferrals.increment();
    }

    void twin() {
        twins.increment();
    }
}
