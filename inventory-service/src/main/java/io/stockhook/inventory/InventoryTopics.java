package io.stockhook.inventory;

import io.stockhook.events.Topics;
import io.stockhook.web.kafka.RequiredTopics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one topic that this service writes to. */
final class InventoryTopics {

    @Produces
    @Singleton
    RequiredTopics topics() {
        return RequiredTopics.of(Topics.events(Topics.INVENTORY_EVENTS));
    }
}
