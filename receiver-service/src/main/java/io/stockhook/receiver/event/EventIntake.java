package io.stockhook.receiver.event;

import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypeNames;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.receiver.eventtype.EventTypeFeed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Accepts events: stores them, publishes them to Kafka and says of each what became of it.
 *
 * <p>Stored first and published second, in that order and not in one transaction: after a crash in between, what is stored is
 * published by the {@link UnpublishedEventSweeper}, and an id is the same event however often it reaches Kafka.
 */
@ApplicationScoped
public class EventIntake {

    private static final Logger LOG = Logger.getLogger(EventIntake.class);
    private static final String DEFAULT_SOURCE = "/events";

    private final AcceptedEvents accepted;
    private final ReceivedEventsLog log;
    private final EventMetrics metrics;
    private final EventTypeFeed types;

    EventIntake(AcceptedEvents accepted, ReceivedEventsLog log, EventMetrics metrics, EventTypeFeed types) {
        this.accepted = accepted;
        this.log = log;
        this.metrics = metrics;
        this.types = types;
    }

    /**
     * Accepts events of one tenant. Blocks until Kafka has acknowledged them or the publish timeout has passed.
     *
     * @param traceParent the trace that they are published in; null if there is none
     * @return what became of each, in the order given
     */
    public List<Outcome> accept(String tenantId, @Nullable String traceParent, List<NewEvent> events) {
        Instant now = MicroClock.now();
        List<AcceptedEvents.Candidate> candidates = new ArrayList<>(events.size());
        Map<String, AcceptedEvents.Candidate> firstOfId = new LinkedHashMap<>();
        EventTypeNames names = types.names();
        for (NewEvent given : events) {
            NewEvent event = given.named(names);
            var candidate = new AcceptedEvents.Candidate(envelope(tenantId, traceParent, event, now), event.bodyHash());
            candidates.add(candidate);
            firstOfId.putIfAbsent(candidate.event().id(), candidate);
        }
        Map<String, Registration> registrations = accepted.register(tenantId, firstOfId.values());
        Set<String> published = publish(firstOfId.keySet(), registrations);
        List<Outcome> outcomes = candidates.stream()
                .map(candidate -> outcome(candidate, firstOfId, registrations, published))
                .toList();
        metrics.count(outcomes);
        return outcomes;
    }

    private Set<String> publish(Set<String> idsInOrder, Map<String, Registration> registrations) {
        List<EventEnvelope> due = new ArrayList<>();
        for (String id : idsInOrder) {
            if (registrations.get(id) instanceof Registration.ToPublish toPublish) {
                due.add(toPublish.event());
            }
        }
        if (due.isEmpty()) {
            return Set.of();
        }
        List<EventEnvelope> acknowledged = log.append(due);
        markPublished(acknowledged);
        Set<String> ids = new HashSet<>();
        acknowledged.forEach(event -> ids.add(event.id()));
        return ids;
    }

    /** Kafka has them, so they are accepted even if that cannot be noted: they are then published once more by the sweeper. */
    private void markPublished(List<EventEnvelope> acknowledged) {
        if (acknowledged.isEmpty()) {
            return;
        }
        try {
            accepted.markPublished(acknowledged);
        } catch (RuntimeException e) {
            LOG.warnf(e, "published events not marked, will be published again: count=%d", acknowledged.size());
        }
    }

    private static Outcome outcome(
            AcceptedEvents.Candidate candidate,
            Map<String, AcceptedEvents.Candidate> firstOfId,
            Map<String, Registration> registrations,
            Set<String> published) {
        String id = candidate.event().id();
        AcceptedEvents.Candidate first = firstOfId.get(id);
        boolean isTwin = first != candidate;
        if (isTwin && first != null && !Arrays.equals(first.bodyHash(), candidate.bodyHash())) {
            return new Outcome(id, Outcome.Kind.CONFLICT);
        }
        Registration registration = registrations.get(id);
        if (registration instanceof Registration.Conflicting) {
            return new Outcome(id, Outcome.Kind.CONFLICT);
        }
        if (registration instanceof Registration.Published) {
            return new Outcome(id, Outcome.Kind.DUPLICATE);
        }
        if (registration instanceof Registration.ToPublish toPublish && published.contains(id)) {
            boolean isRepeat = isTwin || toPublish.isRepeat();
            return new Outcome(id, isRepeat ? Outcome.Kind.DUPLICATE : Outcome.Kind.ACCEPTED);
        }
        return new Outcome(id, Outcome.Kind.UNCONFIRMED);
    }

    private static EventEnvelope envelope(
            String tenantId, @Nullable String traceParent, NewEvent event, Instant acceptedAt) {
        return new EventEnvelope(
                event.id() == null ? Ids.next(Ids.Kind.EVENT) : event.id(),
                event.type(),
                event.source() == null ? DEFAULT_SOURCE : event.source(),
                event.subject(),
                event.time() == null ? acceptedAt : event.time(),
                tenantId,
                event.dataSchema(),
                event.deliverAt(),
                traceParent,
                event.data());
    }
}
