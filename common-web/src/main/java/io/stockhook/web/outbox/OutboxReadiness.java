package io.stockhook.web.outbox;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the relay publishes or stands by for another instance's; not while database or broker refuse it. */
@Readiness
@Singleton
public class OutboxReadiness implements HealthCheck {

    private final ServiceOutboxRelay relay;

    OutboxReadiness(ServiceOutboxRelay relay) {
        this.relay = relay;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("outbox").status(relay.isHealthy()).build();
    }
}
