package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;

/** From whom a webhook has a value that it does not say itself. */
public enum Origin {
    /** Its subscriber. */
    @JsonProperty("subscriber")
    SUBSCRIBER,
    /** Its tenant's settings. */
    @JsonProperty("tenant")
    TENANT,
    /** The platform. */
    @JsonProperty("platform")
    PLATFORM
}
