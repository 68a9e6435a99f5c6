package io.stockhook.web.kafka;

import io.stockhook.events.Topics;
import java.util.List;

/**
 * The topics a service writes to or reads from, as a CDI bean that the service produces. They are created in the background
 * at start where they are missing, and the service is not ready before they exist.
 */
public record RequiredTopics(List<Topics.Definition> definitions) {

    public RequiredTopics {
        definitions = List.copyOf(definitions);
    }

    /** These topics. */
    public static RequiredTopics of(Topics.Definition... definitions) {
        return new RequiredTopics(List.of(definitions));
    }
}
