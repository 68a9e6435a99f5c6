package io.stockhook.subscription.publication;

import io.stockhook.events.Topics;
import io.stockhook.web.kafka.RequiredTopics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The topics that this service writes to, and those of the others without which it would wait for their start. */
class ControlPlaneTopics {

    @Produces
    @Singleton
    RequiredTopics topics() {
        return RequiredTopics.of(
                Topics.compacted(Topics.ENDPOINTS),
                Topics.compacted(Topics.TENANTS),
                Topics.compacted(Topics.EVENT_TYPES),
                Topics.events(Topics.SYSTEM_EVENTS),
                Topics.events(Topics.INVENTORY_EVENTS),
                Topics.events(Topics.RECEIVED_EVENTS),
                Topics.log(Topics.ENDPOINT_VERDICTS),
                Topics.log(Topics.DEAD_LETTERS));
    }
}
