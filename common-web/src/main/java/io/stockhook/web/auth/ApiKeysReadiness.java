package io.stockhook.web.auth;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once all API keys are known. Stays so when the topic cannot be followed any more: JWTs are still served, and
 * keys are answered with 503 where that lasts.
 */
@Readiness
@Singleton
class ApiKeysReadiness implements HealthCheck {

    private final TenantFeed feed;

    ApiKeysReadiness(TenantFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("api-keys").status(feed.isReady()).build();
    }
}
