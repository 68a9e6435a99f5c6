package io.stockhook.delivery.fanout;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stockhook.delivery.eventtype.PayloadVersions;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.registry.Match;
import io.stockhook.delivery.stream.Mover;
import io.stockhook.delivery.stream.RecordSink;
import io.stockhook.delivery.wheel.Schedule;
import io.stockhook.events.EventData;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypeTable;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes an event a task for each endpoint that subscribed to its type and whose filter its data satisfies. What is wanted later, because the
 * event says so or the endpoint, waits on the wheel as a task: an endpoint that subscribes in the meantime does not get it.
 *
 * <p>It waits while the registry was last known to be complete more than {@link #REGISTRY_LAG} before the event was appended: a
 * registry that falls behind delays deliveries and never misses one.
 */
public final class Fanout implements Mover.Step {

    /** How much older than an event the registry may be: a webhook counts for events accepted a second after it. */
    public static final Duration REGISTRY_LAG = Duration.ofSeconds(1);

    /** Timer {@value}: how long it took to find the endpoints that subscribed to an event's type, in seconds. */
    static final String MATCHING = "stockhook.fanout.match.duration";

    private static final Duration[] MATCHING_BUCKETS = {
        Duration.ofNanos(5_000),
        Duration.ofNanos(10_000),
        Duration.ofNanos(20_000),
        Duration.ofNanos(50_000),
        Duration.ofNanos(100_000),
        Duration.ofMillis(1)
    };

    /** The longest delay that an endpoint may have. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(30);

    private final EndpointRegistry registry;
    private final EventTypeTable<PayloadVersions> types;
    private final Supplier<Instant> registryCompleteAt;
    private final Schedule schedule;
    private final Timer matching;
    private final Clock clock;

    /**
     * A step of fan-out.
     *
     * @param types the event types, for their other spellings and the versions of their payloads
     * @param registryCompleteAt when the registry and the types last held all that their topics held
     * @param schedule where what is wanted later waits
     */
    public Fanout(
            EndpointRegistry registry,
            EventTypeTable<PayloadVersions> types,
            Supplier<Instant> registryCompleteAt,
            Schedule schedule,
            MeterRegistry meters,
            Clock clock) {
        this.registry = registry;
        this.types = types;
        this.registryCompleteAt = registryCompleteAt;
        this.schedule = schedule;
        this.matching = Timer.builder(MATCHING)
                .description("How long it took to find the endpoints that subscribed to an event's type")
                .serviceLevelObjectives(MATCHING_BUCKETS)
                .register(meters);
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
        int dataVersion = dataVersion(event);
        for (Match match : match(event)) {
            if (!match.endpoint().wants(data)) {
                continue;
            }
            DeliveryTask task = DeliveryTask.first(event, match.endpoint().id(), match.subscribedAs(), now, dataVersion)
                    .inSequence(match.endpoint().sequenceOf(data));
            long delayMs = match.endpoint().registration().delayMs();
            Instant due = due(event, appended, delayMs);
            if ((event.deliverAt() != null || delayMs > 0) && due.isAfter(now)) {
                DeliveryTask later = task.scheduled(due);
                sink.put(schedule.recordOf(later, now));
                sink.put(DeliveryAttempt.scheduled(later, appended).toRecord());
            } else {
                Endpoint endpoint = match.endpoint();
                sink.put(
                        endpoint.isOrdered()
                                ? task.toRecord(Topics.ORDERED_TASKS, 1)
                                : task.toRecord(
                                        Topics.TASKS, endpoint.registration().parallelism()));
            }
        }
    }

    /** Told here, because an event that is delivered later may then be older than the newest version. */
    private int dataVersion(EventEnvelope event) {
        PayloadVersions versions = types.find(event.tenantId(), event.type());
        return versions == null ? 0 : versions.versionOf(event);
    }

    private List<Match> match(EventEnvelope event) {
        long began = System.nanoTime();
        List<Match> matches = registry.match(event.tenantId(), types.names().spellings(event.type()));
        matching.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        return matches;
    }

    /** The endpoint's delay counts from when the event is there for everybody; by the broker's clock, so that it is the same if read twice. */
    private static Instant due(EventEnvelope event, Instant appended, long delayMs) {
        Instant deliverAt = event.deliverAt();
        Instant released = deliverAt != null && deliverAt.isAfter(appended) ? deliverAt : appended;
        return released.plusMillis(Math.max(0, Math.min(delayMs, LONGEST_DELAY.toMillis())));
    }
}
