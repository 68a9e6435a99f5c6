package io.stockhook.inventory;

import io.stockhook.events.Topics;
import io.stockhook.web.kafka.RequiredTopics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The topic that this service writes to, and that of the API keys, without which it would wait for another service's start. */
final class InventoryTopics {

    @Produces
    @Singleton
    RequiredTopics topics() {
        return RequiredTopics.of(Topics.events(Topics.INVENTORY_EVENTS), Topics.compacted(Topics.TENANTS));
    }
}
