package io.stockhook.benchmark;

import io.stockhook.events.signature.WebhookSigner;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The ceiling: the same body signed and posted to the same sink by the same HTTP client, client and sink in one JVM, and nothing else:
 * no Kafka, no database.
 */
final class BareLoop {

    private static final int CONNECTIONS_PER_LOOP = 64;
    private static final Duration WARM_UP_WINDOW = Duration.ofSeconds(2);
    private static final int MAX_WARM_UP_WINDOWS = 30;

    private BareLoop() {}

    /** Answered requests a second, once they grow no more: a loop that is still being compiled is no ceiling. */
    static double run(Vertx vertx, Sink sink, byte[] body, String secret, Duration time) throws InterruptedException {
        LongAdder done = new LongAdder();
        WebhookSigner signer = new WebhookSigner(List.of(secret));
        int loops = Runtime.getRuntime().availableProcessors();
        String deployment = vertx.deployVerticle(
                        () -> new Client(sink.port(), body, signer, done), new DeploymentOptions().setInstances(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        double best = 0;
        int withoutGain = 0;
        for (int window = 0; window < MAX_WARM_UP_WINDOWS && withoutGain < 3; window++) {
            double rate = rate(done, WARM_UP_WINDOW);
            withoutGain = rate > 1.05 * best ? 0 : withoutGain + 1;
            best = Math.max(best, rate);
        }
        double perSecond = rate(done, time);
        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
        return perSecond;
    }

    private static double rate(LongAdder done, Duration time) throws InterruptedException {
        long before = done.sum();
        long start = System.nanoTime();
        Thread.sleep(time.toMillis());
        return (done.sum() - before) * 1e9 / (System.nanoTime() - start);
    }

    private static final class Client extends AbstractVerticle {
        private final int port;
        private final byte[] body;
        private final WebhookSigner signer;
        private final LongAdder done;
        private HttpClient client;
        private boolean stopped;

        @SuppressWarnings("NullAway.Init") // made in start(), before anything uses it
        Client(int port, byte[] body, WebhookSigner signer, LongAdder done) {
            this.port = port;
            this.body = body;
            this.signer = signer;
            this.done = done;
        }

        @Override
        public void start() {
            client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_LOOP));
            for (int i = 0; i < CONNECTIONS_PER_LOOP; i++) {
                post();
            }
        }

        @Override
        public void stop() {
            stopped = true;
        }

        private void post() {
            if (stopped) {
                return;
            }
            long timestamp = System.currentTimeMillis() / 1000;
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setURI("/bare")
                    .putHeader("content-type", "application/json")
                    .putHeader("webhook-id", "evt_bare")
                    .putHeader("webhook-timestamp", Long.toString(timestamp))
                    .putHeader("webhook-signature", signer.standard("evt_bare", timestamp, body));
            client.request(options)
                    .compose(request -> request.send(Buffer.buffer(body)))
                    .compose(response -> response.end())
                    .onComplete(answer -> {
                        if (answer.succeeded()) {
                            done.increment();
                        }
                        post();
                    });
        }
    }
}
