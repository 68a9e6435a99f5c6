package io.stockhook.delivery.engine;

import io.stockhook.delivery.wheel.DelayLadder;
import io.stockhook.delivery.wheel.WheelConfig;
import io.stockhook.events.Topics;
import io.stockhook.web.kafka.RequiredTopics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The topics of this service, and those of the others without which it would wait for their start. */
final class EngineTopics {

    @Produces
    @Singleton
    RequiredTopics topics(WheelConfig wheel) {
        List<Topics.Definition> topics = new ArrayList<>();
        Topics.EVENTS.forEach(name -> topics.add(Topics.events(name)));
        topics.add(Topics.compacted(Topics.ENDPOINTS));
        topics.add(Topics.compacted(Topics.TENANTS));
        topics.add(Topics.compacted(Topics.EVENT_TYPES));
        topics.add(Topics.compacted(Topics.CONTROL));
        topics.add(Topics.circuits());
        topics.add(Topics.tasks());
        topics.add(Topics.orderedTasks());
        topics.add(Topics.log(Topics.ATTEMPTS));
        topics.add(Topics.log(Topics.DEAD_LETTERS));
        topics.add(Topics.log(Topics.ENDPOINT_VERDICTS));
        new DelayLadder(wheel.ladder()).tiers().forEach(tier -> topics.add(Topics.tier(tier.topic())));
        return new RequiredTopics(topics);
    }
}
