package io.stockhook.subscription.integration;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an integration stands. */
public enum IntegrationStatus {
    /** It can be configured. */
    @JsonProperty("available")
    AVAILABLE,
    /** It is configured, and events go to it. */
    @JsonProperty("connected")
    CONNECTED,
    /** It is configured, and somebody has disabled it. */
    @JsonProperty("disabled")
    DISABLED,
    /** The platform has disabled it, because the provider took nothing. */
    @JsonProperty("error")
    ERROR
}
