package io.stockhook.delivery.registry;

/**
 * An endpoint that subscribed to an event's type.
 *
 * @param subscribedAs the spelling of the type that it asked for, under which it gets the event
 */
public record Match(Endpoint endpoint, String subscribedAs) {}
