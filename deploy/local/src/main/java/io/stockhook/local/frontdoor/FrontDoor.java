package io.stockhook.local.frontdoor;

import io.stockhook.platform.PlatformException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
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
 * <p>It neither authenticates nor retries. A backend that is away is answered with 502 and a path that is nobody's with
 * 404, both as problem+json (RFC 9457).
 */
public final class FrontDoor implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration OPEN_AND_CLOSE_LIMIT = Duration.ofSeconds(10);
    /** A live stream holds one for as long as it lasts. */
    private static final int CONNECTIONS_PER_BACKEND = 512;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final RoutingTable table;
    private final String index;

    /**
     * Does not open it.
     *
     * @param index the text that is served at {@code /}
     */
    public FrontDoor(RoutingTable table, String index) {
        this.table = table;
        this.index = index;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setMaxPoolSize(CONNECTIONS_PER_BACKEND));
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
        client.request(new RequestOptions().setHost(LOOPBACK).setPort(backend.port()))
                .compose(connected -> forward(request, connected))
                .onFailure(away -> answer(request, Problem.unreachable(backend)));
    }

    private static Future<Void> forward(HttpServerRequest request, HttpClientRequest connected) {
        return ProxyRequest.reverseProxy(request)
                .setURI(RequestTarget.normalise(request.uri()))
                .send(connected)
                .compose(ProxyResponse::send);
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
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(problem.json());
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
