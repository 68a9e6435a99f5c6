package io.stockhook.receiver.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.web.json.EnumNames;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Metrics of publishing. In Prometheus' form dots are underscores and the counter ends in {@code _total}. */
@Singleton
public class EventMetrics {

    /** Events that publishers sent, by {@value #OUTCOME}: accepted, duplicate, conflict, unconfirmed. */
    public static final String RECEIVED = "stockhook.events.received";
    /** What became of an event. */
    public static final String OUTCOME = "outcome";
    /** Stored events that Kafka has not acknowledged, over all instances on this database. */
    public static final String UNPUBLISHED = "stockhook.events.unpublished";
    /** For how long the oldest of them has waited, in seconds; 0 if none waits. */
    public static final String UNPUBLISHED_AGE = "stockhook.events.unpublished.oldest.age.seconds";

    private final Map<Outcome.Kind, Counter> received = new EnumMap<>(Outcome.Kind.class);
    private volatile AcceptedEvents.Backlog backlog = new AcceptedEvents.Backlog(0, 0);

    EventMetrics(MeterRegistry meters) {
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            Counter counter = Counter.builder(RECEIVED)
                    .description("Events that publishers sent")
                    .tag(OUTCOME, EnumNames.of(kind))
                    .register(meters);
            received.put(kind, counter);
        }
        Gauge.builder(UNPUBLISHED, () -> backlog.events())
                .description("Stored events that Kafka has not acknowledged")
                .register(meters);
        Gauge.builder(UNPUBLISHED_AGE, () -> backlog.oldestSeconds())
                .description("For how long the oldest unacknowledged event has waited, in seconds")
                .register(meters);
    }

    void count(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            Counter counter = received.get(outcome.kind());
            if (counter != null) {
                counter.increment();
            }
        }
    }

    void sampled(AcceptedEvents.Backlog sample) {
        backlog = sample;
    }
}
