package io.stockhook.delivery.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The outgoing side. */
@ConfigMapping(prefix = "stockhook.dispatch")
public interface DispatchConfig {

    /** How many attempts this instance has under way at once, over all endpoints. */
    @WithDefault("2000")
    int maxInFlight();

    /** How many event loops share the endpoints; 0 for one per processor. */
    @WithDefault("0")
    int eventLoops();

    /** How long a connection may take to be made. It counts towards the endpoint's timeout as well. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** For how long an idle connection is kept for the next attempt. */
    @WithDefault("30s")
    Duration keepAlive();

    /** For how long a connection is used before a new one takes its place, whatever its peer would allow. */
    @WithDefault("5m")
    Duration maxConnectionAge();

    /** How many connections this instance has to one host at most. An attempt past it waits for one within its timeout. */
    @WithDefault("2000")
    int maxConnectionsPerHost();

    /** How many connections this instance has in all, idle ones included; past it those that have been idle longest are closed. */
    @WithDefault("4000")
    int maxConnections();

    /** Whether https endpoints are offered HTTP/2 (ALPN, RFC 7301). Plain http is HTTP/1.1 always. */
    @WithDefault("true")
    boolean http2();

    /** How many requests may share an HTTP/2 connection at once; the endpoint may allow fewer. */
    @WithDefault("100")
    int maxStreams();

    /** A file of PEM certificates of authorities that are trusted beside those of the JDK. */
    Optional<String> caBundle();

    /**
     * The host of an HTTP proxy through which https endpoints are reached (CONNECT, RFC 9110, section 9.3.6). It is told the checked
     * address, never a name. Plain http, which only the ranges of {@code stockhook.address.allowed-ranges} get, does not use it.
     */
    Optional<String> proxyHost();

    /** The port of that proxy. */
    @WithDefault("3128")
    int proxyPort();

    /** The user name for that proxy. */
    Optional<String> proxyUsername();

    /** The password for that proxy. */
    Optional<String> proxyPassword();

    /** How many endpoints with a client certificate keep their connections at once. */
    @WithDefault("500")
    int maxMutualTlsClients();

    /** How long the fetch of an OAuth2 token may take. It counts towards the endpoint's timeout as well. */
    @WithDefault("5s")
    Duration tokenTimeout();

    /** How many bytes a response's head may have; a longer one is a protocol error. */
    @WithDefault("16384")
    int maxResponseHeadBytes();

    /** How many bytes of a response's body are read before the connection is closed. */
    @WithDefault("65536")
    int maxResponseBytes();

    /** How many bytes of a response's body are recorded; in debug mode it is 64 KiB. */
    @WithDefault("1024")
    int recordedResponseBytes();
}
