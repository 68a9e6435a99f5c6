package io.stockhook.benchmark;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The subscriber of every endpoint: takes a request, counts it, says 200. */
final class Sink {

    /** To Vert.x a negative port is any free one, the same for all who name it. */
    private static final int SHARED_FREE_PORT = -1;

    private final LongAdder received = new LongAdder();
    private final AtomicInteger port = new AtomicInteger();

    /** A sink on a free port of loopback, on as many event loops as there are processors. */
    static Sink start(Vertx vertx) {
        Sink sink = new Sink();
        DeploymentOptions everywhere =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        vertx.deployVerticle(() -> sink.new Server(), everywhere)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return sink;
    }

    int port() {
        return port.get();
    }

    long received() {
        return received.sum();
    }

    private final class Server extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            HttpServerOptions options =
                    new HttpServerOptions().setHost("127.0.0.1").setPort(SHARED_FREE_PORT);
            vertx.createHttpServer(options)
                    .requestHandler(request -> request.endHandler(unused -> {
                        received.increment();
                        request.response().end();
                    }))
                    .listen()
                    .onSuccess(server -> {
                        port.set(server.actualPort());
                        started.complete();
                    })
                    .onFailure(started::fail);
        }
    }
}
