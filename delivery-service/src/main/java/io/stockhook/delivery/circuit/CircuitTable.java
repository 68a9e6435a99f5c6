package io.stockhook.delivery.circuit;

import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.log.CompactedRecord;
import io.stockhook.events.log.CompactedTopicReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The circuits that are not closed, of all instances. Thread-safe. */
final class CircuitTable implements CompactedTopicReader.Sink {

    private static final Duration PRUNED_EVERY = Duration.ofMinutes(10);

    private final Map<String, CircuitState> states = new ConcurrentHashMap<>();
    private final Clock clock;
    private Instant prunedAt = Instant.EPOCH;

    CircuitTable(Clock clock) {
        this.clock = clock;
    }

    /** How the endpoint's circuit stands; null if it is closed. */
    @Nullable
    CircuitState of(String endpointId) {
        CircuitState state = states.get(endpointId);
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
            states.put(state.endpointId(), state);
        } else {
            states.remove(state.endpointId());
        }
        if (prunedAt.plus(PRUNED_EVERY).isBefore(now)) {
            // The topic forgets without saying so.
            prunedAt = now;
            states.values().removeIf(one -> !one.isCurrent(now));
        }
    }

    @Override
    public void retainOnly(Set<String> endpointIds) {
        states.keySet().retainAll(endpointIds);
    }
}
