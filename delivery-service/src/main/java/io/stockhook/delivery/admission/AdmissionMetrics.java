package io.stockhook.delivery.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What admission counts. */
final class AdmissionMetrics {

    /** Counter {@value}: tasks that were put off without an attempt. */
    static final String DEFERRALS = "stockhook.delivery.deferrals";
    /** Counter {@value}: tasks that were dropped because the same one had been taken already. */
    static final String TWINS = "stockhook.delivery.twins";
    /** Counter {@value}: tasks that were dropped because their run was cancelled or a higher one has taken its place. */
    static final String WITHDRAWALS = "stockhook.delivery.withdrawals";

    private final Counter deferrals;
    private final Counter twins;
    private final Counter withdrawals;

    AdmissionMetrics(MeterRegistry meters) {
        deferrals = Counter.builder(DEFERRALS)
                .description("Tasks put off because their endpoint could take no more")
                .register(meters);
        twins = Counter.builder(TWINS)
                .description("Tasks dropped because the same one had been taken already")
                .register(meters);
        withdrawals = Counter.builder(WITHDRAWALS)
                .description("Tasks dropped because their run was cancelled or superseded")
                .register(meters);
    }

    void deferral() {
        deferrals.increment();
    }

    void twin() {
        twins.increment();
    }

    void withdrawal() {
        withdrawals.increment();
    }
}
