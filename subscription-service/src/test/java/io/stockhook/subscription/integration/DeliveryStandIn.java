package io.stockhook.subscription.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** delivery-service as integrations see it: answers each path as told, and hangs up at any other. */
public final class DeliveryStandIn implements QuarkusTestResourceLifecycleManager {

    private static final Map<String, Answer> ANSWERS = new ConcurrentHashMap<>();
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private @Nullable HttpServer server;

    private record Answer(int status, String body) {}

    /** Forgets what it was told and asked. */
    static void reset() {
        ANSWERS.clear();
        ASKED.clear();
    }

    /** The path below {@code /api/v1/deliveries} is answered with this from now on. */
    static void answers(String path, int status, String body) {
        ANSWERS.put("/api/v1/deliveries" + path, new Answer(status, body));
    }

    /** The bodies that it was sent. */
    static List<String> asked() {
        return List.copyOf(ASKED);
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            started.setExecutor(threads);
            started.createContext("/", DeliveryStandIn::answer);
            started.start();
            server = started;
            return Map.of(
                    "quarkus.rest-client.delivery-service.url",
                    "http://127.0.0.1:" + started.getAddress().getPort());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdown();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ASKED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Answer answer = ANSWERS.get(exchange.getRequestURI().getPath());
            if (answer == null) {
                return; // hangs up, as one that is going away
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
