package io.stockhook.subscription.publication;

import io.stockhook.events.Topics;
import io.stockhook.web.kafka.RequiredTopics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The topics that this service writes to. */
class ControlPlaneTopics {

    @Produces
    @Singleton
    RequiredTopics topics() {
        return RequiredTopics.of(Topics.compacted(Topics.ENDPOINTS), Topics.compacted(Topics.TENANTS));
    }
}
