package io.stockhook.local.frontdoor;

import io.stockhook.events.TraceContext;
import io.stockhook.platform.PlatformException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one address of the platform: hands each request to the backend of its path and streams both bodies. Thread-safe.
 *
 * <p>It neither authenticates nor retries, and it says in {@code X-Forwarded-For} where a request comes from, whatever the client
 * said. What it answers itself is problem+json (RFC 9457): 404 for a path that is nobody's, 502 for a backend that is away, 503
 * for one with too many requests waiting, 504 for one from which nothing comes for too long.
 */
public final class FrontDoor implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration OPEN_AND_CLOSE_LIMIT = Duration.ofSeconds(10);
    /** A live stream holds one for as long as it lasts. */
    private static final int CONNECTIONS_PER_BACKEND = 512;

    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int WAITING_PER_BACKEND = 1024;
    private static final Duration WAITING_LIMIT = Duration.ofSeconds(10);
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDING_HEADER = "(?i)forwarded|x-forwarded-.*|x-real-ip";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final RoutingTable table;
    private final String index;
    private final Duration silenceLimit;

    /**
     * Does not open it.
     *
     * @param index the text that is served at {@code /}
     * @param silenceLimit for how long nothing may come from a backend that has a request
     */
    public FrontDoor(RoutingTable table, String index, Duration silenceLimit) {
        this.table = table;
        this.index = index;
        this.silenceLimit = silenceLimit;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) CONNECT_LIMIT.toMillis()),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_BACKEND).setMaxWaitQueueSize(WAITING_PER_BACKEND));
    }

    /**
     * Listens on loopback.
     *
     * @throws PlatformException if it cannot
     */
    public void open(int port) {
        await(vertx.createHttpServer().requestHandler(this::handle).listen(port, LOOPBACK), "opened on port " + port);
    }

    @Override
    public void close() {
        await(vertx.close(), "closed");
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/")) {
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain;charset=UTF-8")
                    .end(index);
            return;
        }
        table.find(request.path())
                .ifPresentOrElse(
                        backend -> connect(request, backend),
                        () -> answer(request, Problem.noSuchPath(request.path())));
    }

    private void connect(HttpServerRequest request, Backend backend) {
        // The body waits at the client until there is somebody to stream it to.
        request.pause();
        client.request(new RequestOptions()
                        .setHost(LOOPBACK)
                        .setPort(backend.port())
                        .setConnectTimeout(WAITING_LIMIT.toMillis())
                        .setIdleTimeout(silenceLimit.toMillis()))
                .onFailure(refused -> answer(request, notConnected(refused, backend)))
                .onSuccess(connected ->
                        forward(request, connected).onFailure(broken -> answer(request, notAnswered(broken, backend))));
    }

    private static Problem notConnected(Throwable refused, Backend backend) {
        boolean isBusy = refused instanceof ConnectionPoolTooBusyException || refused instanceof TimeoutException;
        return isBusy ? Problem.busy(backend) : Problem.unreachable(backend);
    }

    private static Problem notAnswered(Throwable broken, Backend backend) {
        return broken instanceof TimeoutException ? Problem.late(backend) : Problem.unreachable(backend);
    }

    private static Future<Void> forward(HttpServerRequest request, HttpClientRequest connected) {
        ProxyRequest proxied = ProxyRequest.reverseProxy(request);
        request.headers().names().stream()
                .filter(name -> name.matches(FORWARDING_HEADER))
                .forEach(proxied.headers()::remove);
        proxied.putHeader(FORWARDED_FOR, request.remoteAddress().hostAddress());
        return proxied.send(connected).compose(ProxyResponse::send);
    }

    private static void answer(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // Too late for a status: a broken connection is the only honest end of half a body.
            response.reset();
            return;
        }
        if (!request.isEnded()) {
            request.resume();
        }
        if (problem.status() == SERVICE_UNAVAILABLE) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        String traceId = TraceContext.continueOrBegin(request.getHeader(TraceContext.HEADER))
                .traceId();
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(problem.json(traceId));
    }

    private static void await(Future<?> future, String what) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(OPEN_AND_CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new PlatformException("The front door could not be %s.".formatted(what), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted before the front door was %s.".formatted(what), e);
        }
    }
}
