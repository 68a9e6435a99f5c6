package io.stockhook.subscription.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.web.json.EnumNames;

/** How the body of a delivery is built from an event. */
public enum PayloadFormat {
    /** {@code {"type", "timestamp", "data"}}, as Standard Webhooks has it. */
    @JsonProperty("standard")
    STANDARD,
    /** {@code {"event", "timestamp", "data"}}. */
    @JsonProperty("classic")
    CLASSIC,
    /** CloudEvents 1.0, structured mode. */
    @JsonProperty("cloudevents")
    CLOUDEVENTS,
    /** The event's data alone. */
    @JsonProperty("raw")
    RAW,
    /** What the webhook's own template makes of it. */
    @JsonProperty("template")
    TEMPLATE;

    /** The format's name in the API, the database and the topics. */
    public String wireName() {
        return EnumNames.of(this);
    }

    /**
     * The format of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PayloadFormat of(String wireName) {
        return EnumNames.constant(PayloadFormat.class, wireName);
    }
}
