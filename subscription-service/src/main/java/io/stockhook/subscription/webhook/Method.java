package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The HTTP methods a delivery may have; those that carry a body. Upper case in JSON too, as in HTTP. */
public enum Method {
    @JsonProperty("POST")
    POST,
    @JsonProperty("PUT")
    PUT,
    @JsonProperty("PATCH")
    PATCH
}
