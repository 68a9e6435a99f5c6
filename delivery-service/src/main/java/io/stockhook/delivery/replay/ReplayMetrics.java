package io.stockhook.delivery.replay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Metrics of what people do about deliveries. */
@Singleton
class ReplayMetrics {

    /** Counter {@value}: runs that were begun by hand or by a job. */
    static final String RUNS = "stockhook.replay.runs";
    /** Counter {@value}: deliveries that a job passed over, because there was nothing to send or nothing left to do. */
    static final String SKIPPED = "stockhook.replay.skipped";
    /** Counter {@value}: deliveries that were cancelled. */
    static final String CANCELLED = "stockhook.replay.cancelled";
    /** Counter {@value}: dead letters that were purged. */
    static final String PURGED = "stockhook.replay.purged";
    /** Counter {@value}: batches of jobs that failed and are tried again. */
    static final String FAILED_BATCHES = "stockhook.replay.failed.batches";

    private final Counter runs;
    private final Counter skipped;
    private final Counter cancelled;
    private final Counter purged;
    private final Counter failedBatches;

    ReplayMetrics(MeterRegistry meters) {
        runs = counter(meters, RUNS, "Runs begun by hand or by a job");
        skipped = counter(meters, SKIPPED, "Deliveries that a job passed over");
        cancelled = counter(meters, CANCELLED, "Deliveries that were cancelled");
        purged = counter(meters, PURGED, "Dead letters that were purged");
        failedBatches = counter(meters, FAILED_BATCHES, "Batches of jobs that failed and are tried again");
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }

    void begun(int count) {
        runs.increment(count);
    }

    void skipped(int count) {
        skipped.increment(count);
    }

    void cancelled() {
        cancelled.increment();
    }

    void purged(int count) {
        purged.increment(count);
    }

    void batchFailed() {
        failedBatches.increment();
    }
}
