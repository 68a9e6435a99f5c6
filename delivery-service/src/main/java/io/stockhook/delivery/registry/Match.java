package io.stockhook.delivery.registry;

/**
 * An endpoint that wants an event.
 *
 * @param subscribedAs the spelling of the type that it asked for, under which it gets the event
 */
public record Match(Endpoint endpoint, String subscribedAs) {}
