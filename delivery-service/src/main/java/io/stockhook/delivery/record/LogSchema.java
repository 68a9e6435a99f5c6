package io.stockhook.delivery.record;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the database's schema up to date, on a thread of its own and for as long as it takes: deliveries go on without their
 * log.
 */
@Singleton
class LogSchema {

    private static final Logger LOG = Logger.getLogger(LogSchema.class);

    private final Flyway flyway;
    private final Backoff backoff;
    private final Thread thread;
    private volatile boolean ready;

    LogSchema(Flyway flyway, RecordConfig config) {
        this.flyway = flyway;
        this.backoff = new Backoff(config.retryInterval(), config.maxRetryInterval());
        this.thread = new Thread(this::migrate, "log-schema");
        thread.setDaemon(true);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        backoff.stop();
    }

    /** Whether the tables are there in the version that this program knows. */
    boolean isReady() {
        return ready;
    }

    private void migrate() {
        do {
            try {
                flyway.migrate();
                ready = true;
            } catch (FlywayException e) {
                LOG.warnf("schema of the log not up to date, tries again: cause=%s", e.getMessage());
            }
        } while (!ready && backoff.pause());
    }
}
