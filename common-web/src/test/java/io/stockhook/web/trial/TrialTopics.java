package io.stockhook.web.trial;

import io.stockhook.events.Topics;
import io.stockhook.web.kafka.RequiredTopics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

class TrialTopics {

    @Produces
    @Singleton
    RequiredTopics topics() {
        return RequiredTopics.of(Topics.compacted(Topics.TENANTS));
    }
}
