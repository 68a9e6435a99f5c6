package io.stockhook.delivery.circuit;

import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.log.CompactedRecord;
import io.stockhook.events.log.CompactedTopicReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The circuits that are not closed, of all instances. Thread-safe. */
final class CircuitTable implements CompactedTopicReader.Sink {

    private static final Duration PRUNED_EVERY = Duration.ofMinutes(10);

    private final NavigableMap<String, CircuitState> states = new ConcurrentSkipListMap<>();
    private final Clock clock;
    private Instant prunedAt = Instant.EPOCH;

    CircuitTable(Clock clock) {
        this.clock = clock;
    }

    /** How the endpoint's circuit stands, the one that lets least through if it has several; null if it is closed. */
    @Nullable
    CircuitState of(String endpointId) {
        Instant now = clock.instant();
        return states.subMap(endpointId, true, endpointId + Character.MAX_VALUE, false).values().stream()
                .filter(state -> state.isCurrent(now))
                .min(Comparator.comparing(CircuitState::state).thenComparing(CircuitState::since))
                .orElse(null);
    }

    /** How the circuit of a part of an endpoint stands; null if it is closed. */
    @Nullable
    CircuitState ofPart(String part) {
        CircuitState state = states.get(part);
        return state == null || !state.isCurrent(clock.instant()) ? null : state;
    }

    int size() {
        return states.size();
    }

    /** @throws MalformedRecordException if the record is neither a state nor a tombstone */
    @Override
    public void apply(CompactedRecord entry) {
        if (entry.value() == null) {
            states.remove(entry.key());
            return;
        }
        CircuitState state = CircuitState.read(entry.value());
        Instant now = clock.instant();
        if (state.isCurrent(now)) {
            states.put(state.part(), state);
        } else {
            states.remove(state.part());
        }
        if (prunedAt.plus(PRUNED_EVERY).isBefore(now)) {
            // The topic forgets without saying so.
            prunedAt = now;
            states.values().removeIf(one -> !one.isCurrent(now));
        }
    }

    @Override
    public void retainOnly(Set<String> parts) {
        states.keySet().retainAll(parts);
    }
}
