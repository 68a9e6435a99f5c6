package io.stockhook.web.outbox;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.stockhook.events.outbox.OutboxTable;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Metrics of the outbox, sampled every second; not a number while the database cannot be asked. */
@Singleton
public class OutboxMetrics {

    /** How many records wait to be published, over all instances on this database. */
    public static final String BACKLOG = "stockhook.outbox.backlog.records";
    /** For how long the oldest record has waited, in seconds; 0 if none waits. */
    public static final String OLDEST_AGE = "stockhook.outbox.oldest.age.seconds";

    private static final Logger LOG = Logger.getLogger(OutboxMetrics.class);
    private static final double MILLIS_PER_SECOND = 1000;

    private final AgroalDataSource dataSource;
    private final MeterRegistry meters;
    private volatile OutboxTable.@Nullable Backlog latest;

    OutboxMetrics(AgroalDataSource dataSource, MeterRegistry meters) {
        this.dataSource = dataSource;
        this.meters = meters;
    }

    @PostConstruct
    void register() {
        Gauge.builder(BACKLOG, this, OutboxMetrics::rows)
                .description("Records that wait to be published")
                .register(meters);
        Gauge.builder(OLDEST_AGE, this, OutboxMetrics::oldestAge)
                .description("For how long the oldest record has waited, in seconds")
                .register(meters);
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void sample() {
        try (Connection connection = dataSource.getConnection()) {
            latest = OutboxTable.backlog(connection);
        } catch (SQLException e) {
            latest = null;
            LOG.debug("outbox backlog cannot be sampled", e);
        }
    }

    private double rows() {
        var sample = latest;
        return sample == null ? Double.NaN : sample.rows();
    }

    private double oldestAge() {
        var sample = latest;
        return sample == null ? Double.NaN : sample.oldest().toMillis() / MILLIS_PER_SECOND;
    }
}
