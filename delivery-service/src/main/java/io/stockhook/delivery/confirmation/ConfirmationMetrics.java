package io.stockhook.delivery.confirmation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.web.json.EnumNames;
import jakarta.inject.Singleton;

/** Metrics of what endpoints confirm. */
@Singleton
class ConfirmationMetrics {

    /** Counter {@value}: what endpoints said of deliveries that they had taken, by {@code status}: accepted, failed, late. */
    static final String CONFIRMATIONS = "stockhook.delivery.confirmations";

    private final Counter accepted;
    private final Counter failed;
    private final Counter late;

    ConfirmationMetrics(MeterRegistry meters) {
        accepted = counter(meters, EnumNames.of(ConfirmationRequest.Status.ACCEPTED));
        failed = counter(meters, EnumNames.of(ConfirmationRequest.Status.FAILED));
        late = counter(meters, "late");
    }

    private static Counter counter(MeterRegistry meters, String status) {
        return Counter.builder(CONFIRMATIONS)
                .description("What endpoints said of deliveries that they had taken with 202")
                .tag("status", status)
                .register(meters);
    }

    void taken(ConfirmationRequest.Status status) {
        (status == ConfirmationRequest.Status.ACCEPTED ? accepted : failed).increment();
    }

    void late() {
        late.increment();
    }
}
