package io.stockhook.delivery.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What admission counts. */
public final class AdmissionMetrics {

    /** Counter {@value}: tasks that were put off without an attempt, by {@code reason}: {@code busy}, {@code rate} or {@code circuit}. */
    static final String DEFERRALS = "stockhook.delivery.deferrals";
    /** Counter {@value}: tasks that were dropped because the same one had been taken already. */
    static final String TWINS = "stockhook.delivery.twins";
    /** Counter {@value}: tasks that were dropped because their run was cancelled or a higher one has taken its place. */
    static final String WITHDRAWALS = "stockhook.delivery.withdrawals";

    /** Counter {@value}: batches that were frozen, by {@code reason}: {@code size}, {@code bytes}, {@code time}, {@code change} or {@code pressure}. */
    static final String BATCHES = "stockhook.delivery.batches";

    /** Why a task was put off. */
    enum Reason {
        /** The endpoint had all its attempts under way. */
        BUSY,
        /** The endpoint's rate had no token left. */
        RATE,
        /** The endpoint's circuit was open. */
        CIRCUIT
    }

    private final Map<FormingBatch.Reason, Counter> batches = new EnumMap<>(FormingBatch.Reason.class);
    private final Map<Reason, Counter> deferrals = new EnumMap<>(Reason.class);
    private final Counter twins;
    private final Counter withdrawals;

    /** Counts there. */
    public AdmissionMetrics(MeterRegistry meters) {
        for (Reason reason : Reason.values()) {
            deferrals.put(
                    reason,
                    Counter.builder(DEFERRALS)
                            .description("Tasks put off because their endpoint could take no more")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
        for (FormingBatch.Reason reason : FormingBatch.Reason.values()) {
            batches.put(
                    reason,
                    Counter.builder(BATCHES)
                            .description("Batches that were frozen, to be attempted as one")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
        twins = Counter.builder(TWINS)
                .description("Tasks dropped because the same one had been taken already")
                .register(meters);
        withdrawals = Counter.builder(WITHDRAWALS)
                .description("Tasks dropped because their run was cancelled or superseded")
                .register(meters);
    }

    void deferral(Reason reason) {
        Objects.requireNonNull(deferrals.get(reason)).increment();
    }

    void batch(FormingBatch.Reason why) {
        Objects.requireNonNull(batches.get(why)).increment();
    }

    /** The same task had been taken already. */
    public void twin() {
        twins.increment();
    }

    /** A task's run was cancelled or superseded. */
    public void withdrawal() {
        withdrawals.increment();
    }
}
