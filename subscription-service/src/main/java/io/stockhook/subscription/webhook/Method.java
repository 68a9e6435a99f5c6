package io.stockhook.subscription.webhook;

/** The HTTP methods a delivery may have; those that carry a body. */
public enum Method {
    POST,
    PUT,
    PATCH
}
