package io.stockhook.web.kafka;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the topics that the service needs exist. */
@Readiness
@Singleton
class TopicsReadiness implements HealthCheck {

    private final TopicsAtStart topics;

    TopicsReadiness(TopicsAtStart topics) {
        this.topics = topics;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("topics").status(topics.exist()).build();
    }
}
