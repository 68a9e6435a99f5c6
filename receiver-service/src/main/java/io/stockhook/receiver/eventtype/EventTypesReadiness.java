package io.stockhook.receiver.eventtype;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once it is known which names of event types are the same: what is published under an alias is stored by the canonical one. */
@Readiness
@Singleton
class EventTypesReadiness implements HealthCheck {

    private final EventTypeFeed feed;

    EventTypesReadiness(EventTypeFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("event-types").status(feed.isReady()).build();
    }
}
