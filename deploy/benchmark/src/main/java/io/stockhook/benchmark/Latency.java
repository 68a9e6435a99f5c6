package io.stockhook.benchmark;

import io.stockhook.local.LocalPlatform;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * P4: from the answer to a change of a product to the receipt of its POST, through all services of the local platform. Both ends are in
 * this process, so one clock measures.
 *
 * <p>Changes are sent at the times of a schedule, whatever became of those before, so that a stall is seen by all that it holds up.
 */
final class Latency implements AutoCloseable {

    private static final int PRODUCTS = 200;
    private static final int CONNECTIONS = 64;
    private static final int IDLE_WARM_UP = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final LocalPlatform platform;
    private final HttpClient http;
    private final URI origin;
    private final List<String> products = new ArrayList<>();
    private final String key;
    /** Of the experiment that runs; a price is the number of its change, so that a receipt is known by it. */
    private volatile Changes changes = new Changes(2, 0);

    private static final class Changes {
        private final AtomicLongArray answeredNanos;
        private final AtomicLongArray receivedNanos;
        private final AtomicInteger refused = new AtomicInteger();
        private volatile String refusal = "none";
        private final CountDownLatch open;
        private final int firstPrice;

        Changes(int firstPrice, int count) {
            this.firstPrice = firstPrice;
            answeredNanos = new AtomicLongArray(count);
            receivedNanos = new AtomicLongArray(count);
            open = new CountDownLatch(count);
        }

        /** No two changes are to the same price: a change to what is there already is none, and is told to nobody. */
        Changes next(int count) {
            return new Changes(firstPrice + receivedNanos.length(), count);
        }

        void received(int price) {
            int change = price - firstPrice;
            if (change >= 0
                    && change < receivedNanos.length()
                    && receivedNanos.compareAndSet(change, 0, System.nanoTime())) {
                open.countDown();
            }
        }

        /** Milliseconds, sorted; a POST that came before the answer counts as one that came with it. */
        double[] millis() {
            double[] millis = new double[receivedNanos.length()];
            for (int i = 0; i < millis.length; i++) {
                millis[i] = Math.max(0, receivedNanos.get(i) - answeredNanos.get(i)) / 1e6;
            }
            Arrays.sort(millis);
            return millis;
        }
    }

    /** Subscribes to a started platform and makes the products. */
    Latency(Vertx vertx, LocalPlatform platform) throws IOException, InterruptedException {
        this.vertx = vertx;
        this.platform = platform;
        this.origin = platform.origin();
        this.http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        int port = wait(vertx.createHttpServer().requestHandler(this::receive).listen(0, "127.0.0.1"))
                .actualPort();
        String tenant = post("/tenants", platform.adminKey(), Map.of("name", "Benchmark"))
                .getString("id");
        this.key = post(
                        "/api-keys",
                        platform.adminKey(),
                        Map.of("name", "benchmark", "role", "owner", "tenant_id", tenant))
                .getString("key");
        post(
                "/webhooks",
                key,
                Map.of("name", "sink", "url", "http://127.0.0.1:" + port + "/", "events", List.of("product.updated")));
        for (int i = 0; i < PRODUCTS; i++) {
            Map<String, Object> product =
                    Map.of("sku", "BENCH-" + i, "name", "Product " + i, "price", 1, "currency", "EUR", "quantity", 1);
            products.add(post("/products", key, product).getString("id"));
        }
    }

    /** One change after the other, each sent once the one before has arrived. Milliseconds, sorted. */
    double[] oneAtATime(int count) throws IOException, InterruptedException {
        for (int part : new int[] {IDLE_WARM_UP, count}) {
            changes = changes.next(part);
            for (int i = 0; i < part; i++) {
                change(i);
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                while (changes.receivedNanos.get(i) == 0 || changes.answeredNanos.get(i) == 0) {
                    LockSupport.parkNanos(100_000);
                    if (System.nanoTime() > deadline) {
                        throw new IOException("change %d has not arrived within %s; refusal: %s"
                                .formatted(i, PATIENCE, changes.refusal));
                    }
                }
            }
        }
        return changes.millis();
    }

    /** Changes at a constant rate. Milliseconds, sorted. */
    double[] atRate(int perSecond, Duration time) throws IOException, InterruptedException {
        int count = Math.toIntExact(perSecond * time.toSeconds());
        changes = changes.next(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            change(i);
        }
        if (!changes.open.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(
                    "%d of %d changes have not arrived within %s, %d were refused, the last one because: %s"
                            .formatted(
                                    changes.open.getCount(), count, PATIENCE, changes.refused.get(), changes.refusal));
        }
        return changes.millis();
    }

    private void change(int number) {
        Changes current = changes;
        Buffer body = new JsonObject().put("price", current.firstPrice + number).toBuffer();
        send(HttpMethod.PATCH, "/products/" + products.get(number % PRODUCTS), key, body)
                .onSuccess(unused -> current.answeredNanos.set(number, System.nanoTime()))
                .onFailure(reason -> {
                    current.refused.incrementAndGet();
                    current.refusal = String.valueOf(reason.getMessage());
                });
    }

    private void receive(HttpServerRequest request) {
        request.bodyHandler(body -> {
            request.response().end();
            changes.received(body.toJsonObject().getJsonObject("data").getInteger("price"));
        });
    }

    private JsonObject post(String path, String as, Map<String, Object> body) throws IOException, InterruptedException {
        return wait(send(HttpMethod.POST, path, as, new JsonObject(body).toBuffer()))
                .toJsonObject();
    }

    private Future<Buffer> send(HttpMethod method, String path, String as, Buffer body) {
        return http.request(method, origin.getPort(), "127.0.0.1", "/api/v1" + path)
                .compose(request -> request.putHeader("Authorization", "Bearer " + as)
                        .putHeader("Content-Type", "application/json")
                        .send(body))
                .compose(response -> response.body()
                        .compose(answer -> response.statusCode() / 100 == 2
                                ? Future.succeededFuture(answer)
                                : Future.failedFuture(
                                        path + " was answered with " + response.statusCode() + ": " + answer)));
    }

    private static <T> T wait(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        platform.close();
        http.close();
    }
}
