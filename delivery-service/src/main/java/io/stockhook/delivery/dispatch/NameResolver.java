package io.stockhook.delivery.dispatch;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What a host's name resolves to. May block; thread-safe. */
@FunctionalInterface
interface NameResolver {

    /**
     * All addresses of the host, at least one.
     *
     * @throws UnknownHostException if it has none
     */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
