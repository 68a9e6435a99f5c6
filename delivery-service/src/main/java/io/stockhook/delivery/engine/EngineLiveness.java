package io.stockhook.delivery.engine;

import io.stockhook.delivery.stream.Loop;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive means that the endpoints are still followed and every loop still asks the broker; one that does not answer is no reason to be
 * restarted.
 */
@Liveness
@ApplicationScoped
public class EngineLiveness implements HealthCheck {

    private final Engine engine;
    private final EngineConfig config;

    EngineLiveness(Engine engine, EngineConfig config) {
        this.engine = engine;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("engine-loops").status(engine.isRegistryFollowed());
        Instant oldest = Instant.now().minus(config.maxSilence());
        for (Loop.Status loop : engine.loops()) {
            response.withData(loop.name() + "_last_alive", loop.lastAlive().toString());
            if (loop.lastAlive().isBefore(oldest)) {
                response.down();
            }
        }
        return response.build();
    }
}
