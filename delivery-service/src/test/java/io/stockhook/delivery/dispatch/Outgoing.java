package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.auth.EndpointAuth;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.impl.VertxInternal;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One event loop's way out, to endpoints on loopback. Every name under {@code .test} is 127.0.0.1. */
final class Outgoing implements AutoCloseable {

    static final AddressPolicy LOOPBACK = new AddressPolicy(List.of("127.0.0.0/8", "::1/128"));
    static final String BODY = "{\"sku\":\"SHIRT-1\"}";

    private static final int SLOTS = 64;
    private static final long BOUND_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();
    private final ExecutorService resolvers = Executors.newCachedThreadPool();
    private final AtomicInteger answers = new AtomicInteger();
    private final HttpPoster poster;
    private final CheckedPoster checked;

    /** @param changed settings that are not as shipped */
    Outgoing(Map<String, String> changed) {
        DispatchConfig config = DispatchSettings.with(changed);
        AddressCheck addresses = new AddressCheck(LOOPBACK, Outgoing::resolve, resolvers);
        this.poster = new HttpPoster(vertx, new HttpClients(vertx, config), config, SLOTS, Clock.systemUTC());
        this.checked = new CheckedPoster(addresses, poster, context);
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        if (!host.endsWith(".test")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
    }

    Vertx vertx() {
        return vertx;
    }

    Context context() {
        return context;
    }

    CheckedPoster checked() {
        return checked;
    }

    /** Posts to the url and waits for the outcome. */
    Outcome post(String url, Duration timeout) {
        return post(url, BODY.getBytes(StandardCharsets.UTF_8), null, timeout);
    }

    Outcome post(String url, byte[] body, EndpointAuth.@Nullable MutualTls certificate, Duration timeout) {
        return begin(url, body, certificate, timeout)
                .orTimeout(BOUND_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Posts to the url. */
    CompletableFuture<Outcome> begin(
            String url, byte[] body, EndpointAuth.@Nullable MutualTls certificate, Duration timeout) {
        // A url of a name is accepted by its registration, which knows no address yet; an allow-list knows no names.
        EndpointUrl parsed = parse(url);
        OutgoingRequest request = new OutgoingRequest("POST", parsed, HttpHeaders.headers(), body, false);
        HttpPoster.Identity identity = certificate == null ? null : new HttpPoster.Identity("wh_1", certificate);
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        context.runOnContext(unused -> checked.post(request, identity, timeout, 1024, found -> {
            answers.incrementAndGet();
            outcome.complete(found);
        }));
        return outcome;
    }

    /** How many outcomes there have been, which is how many slots have been given back. */
    int answers() {
        return answers.get();
    }

    /** How many connections the poster holds open. */
    int openConnections() {
        CompletableFuture<Integer> open = new CompletableFuture<>();
        context.runOnContext(unused -> open.complete(poster.openConnections()));
        return open.orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
    }

    private static EndpointUrl parse(String url) {
        URI uri = URI.create(url);
        if (uri.getHost().endsWith(".test")) {
            return new EndpointUrl(
                    uri.getScheme().equals("https"), uri.getHost(), uri.getPort(), uri.getRawPath(), null);
        }
        return EndpointUrl.parse(url, LOOPBACK);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        resolvers.shutdownNow();
    }
}
