package io.stockhook.receiver.event;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.stockhook.events.EventEnvelope;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Publishes what was stored but not acknowledged: its request met a broker that was away, or a crash. Instances that sweep at
 * the same time publish an event more than once, under the one id that makes it one event.
 */
@ApplicationScoped
class UnpublishedEventSweeper {

    private static final Logger LOG = Logger.getLogger(UnpublishedEventSweeper.class);

    private final AcceptedEvents accepted;
    private final ReceivedEventsLog log;
    private final EventMetrics metrics;
    private final EventConfig config;

    UnpublishedEventSweeper(AcceptedEvents accepted, ReceivedEventsLog log, EventMetrics metrics, EventConfig config) {
        this.accepted = accepted;
        this.log = log;
        this.metrics = metrics;
        this.config = config;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        TenantScope.asSystem(() -> {
            while (publishBatch()) {
                LOG.debug("a batch was published, looks for more");
            }
            metrics.sampled(accepted.backlog());
        });
    }

    /** Whether it is worth looking for more at once. */
    private boolean publishBatch() {
        List<EventEnvelope> overdue = accepted.overdue(
                config.sweepAfter(),
                config.sweepBatch(),
                config.sweepBatchSize().asLongValue());
        if (overdue.isEmpty()) {
            return false;
        }
        List<EventEnvelope> acknowledged = log.append(overdue);
        if (!acknowledged.isEmpty()) {
            accepted.markPublished(acknowledged);
            LOG.infof("unpublished events swept: count=%d", acknowledged.size());
        }
        return acknowledged.size() == overdue.size();
    }
}
