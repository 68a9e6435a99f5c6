package io.stockhook.subscription.integration;

/** How an integration stands. */
public enum IntegrationStatus {
    /** It can be configured. */
    AVAILABLE,
    /** It is configured, and events go to it. */
    CONNECTED,
    /** It is configured, and somebody has disabled it. */
    DISABLED,
    /** The platform has disabled it, because the provider took nothing. */
    ERROR
}
