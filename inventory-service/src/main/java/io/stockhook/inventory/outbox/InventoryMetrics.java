package io.stockhook.inventory.outbox;

/** Names of this service's own metrics. */
public final class InventoryMetrics {

    /** Counter: events handed to the outbox; tag {@link #TYPE}. A change that is rolled back afterwards counts as well. */
    public static final String EVENTS = "stockhook.inventory.events";

    /** Tag: the event's type, {@code product.created} for example. */
    public static final String TYPE = "type";

    private InventoryMetrics() {}
}
