package io.stockhook.delivery.dispatch;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.auth.EndpointAuth;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes the HTTP clients that requests to endpoints go out through, with all their limits. Thread-safe. */
final class HttpClients {

    /**
     * How many connections to a host are begun before it is known whether it has HTTP/2. Fewer would do if it has; but if it has not,
     * whoever came meanwhile waits for these alone. As many as an endpoint has attempts under way, unless it says otherwise.
     */
    private static final int FIRST_CONNECTIONS = EndpointRegistration.DEFAULT_MAX_IN_FLIGHT;

    private final Vertx vertx;
    private final DispatchConfig config;
    private final @Nullable TrustOptions trust;

    /** @throws IllegalArgumentException if the configured authorities cannot be read */
    HttpClients(Vertx vertx, DispatchConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.trust = config.caBundle()
                .map(file -> TrustedAuthorities.with(Path.of(file)))
                .orElse(null);
    }

    /**
     * For plain http. HTTP/1.1 only, and never through the proxy: it would be handed the name and resolve it anew.
     *
     * @param slots how many requests may be under way
     */
    HttpClient plain(int slots) {
        return vertx.createHttpClient(limited(), pool(slots));
    }

    /**
     * For https: HTTP/2 where the endpoint has it, HTTP/1.1 elsewhere.
     *
     * @param slots how many requests may be under way
     */
    HttpClient tls(int slots) {
        return vertx.createHttpClient(secured(), pool(slots));
    }

    /**
     * For https with a client certificate.
     *
     * @param slots how many requests may be under way
     */
    HttpClient mutualTls(EndpointAuth.MutualTls identity, int slots) {
        PemKeyCertOptions certificate = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(identity.certificate()))
                .addKeyValue(Buffer.buffer(identity.privateKey()));
        return vertx.createHttpClient(secured().setKeyCertOptions(certificate), pool(slots));
    }

    private HttpClientOptions secured() {
        HttpClientOptions options = limited()
                .setSsl(true)
                .setVerifyHost(true)
                .setSslHandshakeTimeout(config.connectTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        if (trust != null) {
            options.setTrustOptions(trust);
        }
        if (config.http2()) {
            options.setUseAlpn(true)
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                    .setHttp2MultiplexingLimit(config.maxStreams())
                    .setHttp2KeepAliveTimeout(keepAliveSeconds())
                    .setInitialSettings(new Http2Settings()
                            .setPushEnabled(false)
                            .setMaxHeaderListSize(config.maxResponseHeadBytes()));
        }
        config.proxyHost().ifPresent(host -> options.setProxyOptions(proxy(host)));
        return options;
    }

    private HttpClientOptions limited() {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout(keepAliveSeconds())
                .setMaxHeaderSize(config.maxResponseHeadBytes())
                .setDecompressionSupported(false);
    }

    /** At least a second: Vert.x takes 0 for ever. */
    private int keepAliveSeconds() {
        return (int) Math.max(1, config.keepAlive().toSeconds());
    }

    private ProxyOptions proxy(String host) {
        ProxyOptions proxy =
                new ProxyOptions().setHost(host).setPort(config.proxyPort()).setConnectTimeout(config.connectTimeout());
        config.proxyUsername().ifPresent(proxy::setUsername);
        config.proxyPassword().ifPresent(proxy::setPassword);
        return proxy;
    }

    /** An event loop has its part of the connections to a host, as it has its part of the slots. */
    private PoolOptions pool(int slots) {
        int perHost = Math.max(1, Math.min(slots, share(config.maxConnectionsPerHost(), slots)));
        int forStreams = slots / Math.max(1, config.maxStreams()) + 1;
        return new PoolOptions()
                .setHttp1MaxSize(perHost)
                .setHttp2MaxSize(Math.min(perHost, Math.max(FIRST_CONNECTIONS, forStreams)))
                .setMaxWaitQueueSize(slots);
    }

    /** The part of an instance's whole that an event loop with these slots has. */
    int share(int whole, int slots) {
        return (int) Math.max(1, (long) whole * slots / Math.max(1, config.maxInFlight()));
    }
}
