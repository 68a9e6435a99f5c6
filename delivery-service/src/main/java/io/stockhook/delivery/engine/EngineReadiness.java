package io.stockhook.delivery.engine;

import io.stockhook.delivery.stream.Loop;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: the registry, the event types and the control topic have been read to their ends and every loop has been given its partitions. */
@Readiness
@ApplicationScoped
public class EngineReadiness implements HealthCheck {

    private final Engine engine;

    EngineReadiness(Engine engine) {
        this.engine = engine;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("engine")
                .status(engine.isReady())
                .withData("registry_complete", engine.isRegistryComplete())
                .withData("control_complete", engine.isControlComplete())
                .withData("event_types_complete", engine.isEventTypesComplete())
                .withData("registry_endpoints", engine.registrySize());
        for (Loop.Status loop : engine.loops()) {
            response.withData(loop.name() + "_assigned", loop.isAssigned());
        }
        return response.build();
    }
}
