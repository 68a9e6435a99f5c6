package io.stockhook.subscription.eventtype.catalog;

/**
 * What event types are grouped by.
 *
 * @param name lower-case letters, digits and underscores
 * @param displayName for a person
 * @param description what its types are about
 */
public record Category(String name, String displayName, String description) {}
