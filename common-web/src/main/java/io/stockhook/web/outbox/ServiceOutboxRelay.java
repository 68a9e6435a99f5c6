package io.stockhook.web.outbox;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stockhook.events.outbox.OutboxRelay;
import io.stockhook.web.kafka.KafkaClientSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The relay of this service's database, from start to shutdown. */
@Singleton
public class ServiceOutboxRelay {

    private final OutboxRelay relay;
    private final boolean enabled;

    ServiceOutboxRelay(
            AgroalDataSource dataSource,
            KafkaClientSettings kafka,
            OutboxConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.enabled = config.enabled();
        this.relay = new OutboxRelay(
                dataSource,
                kafka.asMap(),
                "stockhook-outbox-" + service,
                new OutboxRelay.Settings(config.batchSize(), config.pollInterval(), config.retryInterval()));
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            relay.start();
        }
    }

    /** The event comes after the last HTTP request has been answered, so what that one wrote is still published. */
    void stop(@Observes ShutdownEvent event) {
        if (enabled) {
            relay.close();
        }
    }

    /** Says that rows have been committed. */
    void signal() {
        relay.signal();
    }

    /** Whether records are published here, or stand by to be. */
    boolean isHealthy() {
        return !enabled || relay.isHealthy();
    }
}
