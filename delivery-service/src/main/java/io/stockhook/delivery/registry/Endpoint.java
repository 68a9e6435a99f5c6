package io.stockhook.delivery.registry;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EventData;
import io.stockhook.events.delivery.Sequence;
import io.stockhook.events.filter.EventFilter;
import io.stockhook.events.filter.FieldPath;
import io.stockhook.events.filter.InvalidFilterException;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as the registry holds it.
 *
 * @param registration what the control plane published
 * @param filter its compiled filter, {@link EventFilter#NOTHING} if that does not compile; null if it has none
 * @param orderingPath the field within whose values its deliveries are ordered; null if there is none, or it is no path
 */
public record Endpoint(
        EndpointRegistration registration,
        @Nullable EventFilter filter,
        @Nullable FieldPath orderingPath) {

    /** The endpoint of a registration, with its filter compiled. */
    public Endpoint(EndpointRegistration registration) {
        this(registration, compiled(registration.filters()), parsed(registration.ordered()));
    }

    /** A filter that this version cannot compile may ask for anything but everything. */
    private static @Nullable EventFilter compiled(@Nullable String filters) {
        try {
            return filters == null ? null : EventFilter.compile(filters);
        } catch (InvalidFilterException e) {
            return EventFilter.NOTHING;
        }
    }

    /** What this version cannot read as a path orders all deliveries, which no order within a field's values contradicts. */
    private static @Nullable FieldPath parsed(EndpointRegistration.@Nullable Ordered ordered) {
        String path = ordered == null ? null : ordered.orderingKey();
        return path == null || FieldPath.objection(path).isPresent() ? null : FieldPath.parse(path);
    }

    /** Whether its deliveries are made one at a time, in the order of their events. */
    public boolean isOrdered() {
        return registration.ordered() != null;
    }

    /** Where a delivery of an event with this data stands in the endpoint's order; null if it has none. */
    public @Nullable Sequence sequenceOf(EventData data) {
        return orderingPath == null ? null : Sequence.of(data, orderingPath);
    }

    /** Whether an event with this data is one that the endpoint wants. */
    public boolean wants(EventData data) {
        return filter == null || filter.matches(data);
    }

    /** Whether the endpoint has a filter that does not compile, so that it gets nothing. */
    boolean isFilterInvalid() {
        return filter == EventFilter.NOTHING;
    }

    /** The endpoint's id, {@code wh_...}. */
    public String id() {
        return registration.endpointId();
    }

    /** Whose it is. */
    public String tenantId() {
        return registration.tenantId();
    }

    /**
     * Whether events are matched with it. One that the platform disabled still gets them: they end as held, so that what it missed is
     * known once it works again. What a person disabled is meant to miss them.
     */
    boolean isMatched() {
        return registration.isActive() || registration.disabledReason() != null;
    }

    /** Which state of the endpoint this is. */
    Version version() {
        return new Version(registration.epoch(), registration.version());
    }

    /**
     * The states of one endpoint in their order: a higher epoch is later, and a higher counter within it.
     *
     * @param epoch raised when the control plane is restored from a backup
     * @param counter raised by every change
     */
    record Version(int epoch, long counter) implements Comparable<Version> {

        @Override
        public int compareTo(Version other) {
            int epochs = Integer.compare(epoch, other.epoch);
            return epochs != 0 ? epochs : Long.compare(counter, other.counter);
        }
    }
}
