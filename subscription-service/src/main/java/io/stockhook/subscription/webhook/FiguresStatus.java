package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether delivery-service has told the figures. */
public enum FiguresStatus {
    /** They are what they are now. */
    @JsonProperty("available")
    AVAILABLE,
    /** It did not tell them in time: each is null, and the rest of the answer is whole. */
    @JsonProperty("unavailable")
    UNAVAILABLE
}
