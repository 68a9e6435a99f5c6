package io.stockhook.delivery.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.delivery.DeliveryTask;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures attempts. One for each event loop. */
final class MeteredAttempts implements Attempts {

    /**
     * Timer {@value}: how long attempts took, in seconds, by {@code result}: {@code 2xx} to {@code 5xx}, an error class, {@code gone}
     * or {@code disabled}.
     */
    static final String DURATION = "stockhook.delivery.attempt.duration";

    private static final String[] CLASSES = {"0xx", "1xx", "2xx", "3xx", "4xx", "5xx", "6xx", "7xx", "8xx", "9xx"};
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final Attempts attempts;
    private final MeterRegistry meters;
    private final Map<String, Timer> timers = new HashMap<>();

    MeteredAttempts(Attempts attempts, MeterRegistry meters) {
        this.attempts = attempts;
        this.meters = meters;
    }

    @Override
    public void attempt(DeliveryTask task, Handler<Attempted> done) {
        attempts.attempt(task, attempted -> {
            timer(result(attempted.outcome())).record(attempted.durationMicros(), TimeUnit.MICROSECONDS);
            done.handle(attempted);
        });
    }

    private Timer timer(String result) {
        return timers.computeIfAbsent(result, unused -> Timer.builder(DURATION)
                .description("How long delivery attempts took")
                .tag("result", result)
                .serviceLevelObjectives(BUCKETS)
                .register(meters));
    }

    private static String result(Outcome outcome) {
        Outcome.Responded response = outcome.answer();
        if (response != null) {
            return CLASSES[Math.min(response.status() / 100, CLASSES.length - 1)];
        }
        if (outcome instanceof Outcome.Failed failure) {
            return failure.errorClass().code();
        }
        return outcome instanceof Outcome.Gone ? "gone" : "disabled";
    }
}
