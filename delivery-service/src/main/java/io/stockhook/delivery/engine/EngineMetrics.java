package io.stockhook.delivery.engine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.delivery.admission.DeliveryLoops;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.registry.RunControls;
import io.stockhook.delivery.stream.GroupOffsets;
import io.stockhook.delivery.stream.ReliableSender;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.delivery.wheel.Wheel;
import io.stockhook.events.log.CompactedTopicReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The gauges of the engine. */
final class EngineMetrics {

    /** Gauge: endpoints held in memory. */
    static final String REGISTRY_ENDPOINTS = "stockhook.registry.endpoints";
    /** Gauge, seconds: since when the registry may lack something; fan-out waits from one second on. */
    static final String REGISTRY_AGE = "stockhook.registry.age";
    /** Gauge: endpoints that get nothing, because their filter does not compile in this version; alert on any. */
    static final String REGISTRY_INVALID_FILTERS = "stockhook.registry.invalid.filters";
    /** Gauge: deliveries of which it is held in memory that they were retried, replayed or cancelled by hand. */
    static final String CONTROL_DELIVERIES = "stockhook.control.deliveries";
    /** Gauge, seconds: since when a cancellation may be unknown here. */
    static final String CONTROL_AGE = "stockhook.control.age";
    /** Gauge: attempts under way. */
    static final String IN_FLIGHT = "stockhook.delivery.in.flight";
    /** Gauge: tasks that wait in memory for their endpoint. */
    static final String QUEUED = "stockhook.delivery.queued";
    /** Gauge: endpoints whose circuit is not closed. */
    static final String OPEN_CIRCUITS = "stockhook.delivery.open.circuits";
    /** Gauge: tasks that were taken and are not settled. */
    static final String UNSETTLED = "stockhook.delivery.unsettled";
    /** Gauge, seconds: by how much the most belated task on the wheel missed its moment. Alert on this, not on the tiers' lag. */
    static final String WHEEL_OVERDUE = "stockhook.wheel.overdue";
    /**
     * Gauge, seconds: for how long the oldest outcome of a delivery has been refused by the broker; more than a minute while the broker is
     * up wants a look at the log.
     */
    static final String OLDEST_UNSENT = "stockhook.delivery.oldest.unsent";
    /** Gauge: records that a consumer group has not committed, by {@code group}. */
    static final String CONSUMER_LAG = "stockhook.consumer.lag";

    private EngineMetrics() {}

    static void register(
            MeterRegistry meters,
            EndpointRegistry registry,
            CompactedTopicReader reader,
            DeliveryLoops loops,
            Worker worker,
            Wheel wheel,
            ReliableSender sender,
            GroupOffsets offsets,
            Clock clock) {
        Gauge.builder(REGISTRY_ENDPOINTS, registry, EndpointRegistry::size)
                .description("Endpoints held in memory")
                .register(meters);
        Gauge.builder(REGISTRY_INVALID_FILTERS, registry, EndpointRegistry::invalidFilters)
                .description("Endpoints that get nothing, because their filter does not compile in this version")
                .register(meters);
        Gauge.builder(REGISTRY_AGE, reader, source -> seconds(source.lastAtEnd(), clock.instant()))
                .description("Since when the registry may lack something")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder(IN_FLIGHT, loops, DeliveryLoops::inFlight)
                .description("Attempts under way")
                .register(meters);
        Gauge.builder(QUEUED, loops, DeliveryLoops::queued)
                .description("Tasks that wait in memory for their endpoint")
                .register(meters);
        Gauge.builder(OPEN_CIRCUITS, loops, DeliveryLoops::openCircuits)
                .description("Endpoints whose circuit is not closed")
                .register(meters);
        Gauge.builder(UNSETTLED, worker, Worker::unfinished)
                .description("Tasks that were taken and are not settled")
                .register(meters);
        Gauge.builder(WHEEL_OVERDUE, wheel, source -> source.overdue().toMillis() / 1000.0)
                .description("By how much the most belated task on the wheel missed its moment")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder(OLDEST_UNSENT, sender, source -> source.oldestRefusal().toMillis() / 1000.0)
                .description("For how long the oldest outcome has been refused by the broker")
                .baseUnit("seconds")
                .register(meters);
        for (String group : new String[] {Engine.FANOUT_GROUP, Engine.DELIVERY_GROUP, Engine.ORDERED_GROUP}) {
            Gauge.builder(CONSUMER_LAG, offsets, source -> source.lag(group))
                    .description("Records that a consumer group has not committed")
                    .baseUnit("records")
                    .tag("group", group)
                    .register(meters);
        }
    }

    static void registerControls(MeterRegistry meters, RunControls controls, CompactedTopicReader reader, Clock clock) {
        Gauge.builder(CONTROL_DELIVERIES, controls, RunControls::size)
                .description("Deliveries held in memory because they were retried, replayed or cancelled by hand")
                .register(meters);
        Gauge.builder(CONTROL_AGE, reader, source -> seconds(source.lastAtEnd(), clock.instant()))
                .description("Since when a cancellation may be unknown here")
                .baseUnit("seconds")
                .register(meters);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
