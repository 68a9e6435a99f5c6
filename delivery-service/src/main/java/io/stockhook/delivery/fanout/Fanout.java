package io.stockhook.delivery.fanout;

import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.registry.Match;
import io.stockhook.delivery.stream.Mover;
import io.stockhook.delivery.stream.RecordSink;
import io.stockhook.events.EventData;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes an event a task for each endpoint that subscribed to its type and whose filter its data satisfies.
 *
 * <p>It waits while the registry was last known to be complete more than {@link #REGISTRY_LAG} before the event was appended: a
 * registry that falls behind delays deliveries and never misses one.
 */
public final class Fanout implements Mover.Step {

    /** How much older than an event the registry may be: a webhook counts for events accepted a second after it. */
    public static final Duration REGISTRY_LAG = Duration.ofSeconds(1);

    private final EndpointRegistry registry;
    private final Supplier<Instant> registryCompleteAt;
    private final Clock clock;

    /** @param registryCompleteAt when the registry last held all that its topic held */
    public Fanout(EndpointRegistry registry, Supplier<Instant> registryCompleteAt, Clock clock) {
        this.registry = registry;
        this.registryCompleteAt = registryCompleteAt;
        this.clock = clock;
    }

    @Override
    public void move(ConsumerRecord<byte[], byte[]> source, RecordSink sink) {
        EventEnvelope event = EventEnvelope.read(source.headers(), source.value());
        Instant appended = Instant.ofEpochMilli(source.timestamp());
        if (registryCompleteAt.get().isBefore(appended.minus(REGISTRY_LAG))) {
            throw new Mover.NotYetException("the registry is older than the event");
        }
        Instant now = clock.instant();
        EventData data = new EventData(event.data());
        for (Match match : registry.match(event.tenantId(), event.type())) {
            if (match.endpoint().wants(data)) {
                sink.put(DeliveryTask.first(event, match.endpoint().id(), match.subscribedAs(), now)
                        .toRecord(Topics.TASKS));
            }
        }
    }
}
