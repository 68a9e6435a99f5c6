package io.stockhook.local.frontdoor;

/**
 * A server behind the front door, on loopback.
 *
 * @param name what to call it to a client while it does not answer
 * @param port where it listens
 */
public record Backend(String name, int port) {}
