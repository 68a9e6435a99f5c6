package io.stockhook.receiver.event;

import io.stockhook.events.Topics;
import io.stockhook.web.kafka.RequiredTopics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The topic that publishing needs, and those of the API keys and the event types, without which it would wait for another service's start. */
@Singleton
class EventTopics {

    @Produces
    @Singleton
    RequiredTopics topics() {
        return RequiredTopics.of(
                Topics.events(Topics.RECEIVED_EVENTS),
                Topics.compacted(Topics.TENANTS),
                Topics.compacted(Topics.EVENT_TYPES));
    }
}
