package io.stockhook.subscription.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** delivery-service as this one sees it: a server that keeps what it is asked and answers as told, each path for itself. */
public final class DeliveryServiceDouble implements QuarkusTestResourceLifecycleManager {

    private static final Map<String, Answer> ANSWERS = new ConcurrentHashMap<>();
    private static final List<Asked> ASKED = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    /** A request as it came. */
    public record Asked(String path, String query, String authorization, String body) {}

    private record Answer(int status, String body, Map<String, String> headers, Duration delay) {}

    /** A server on a free port. */
    public DeliveryServiceDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", DeliveryServiceDouble::answer);
    }

    /** Forgets what it was told and asked. */
    public static void reset() {
        ANSWERS.clear();
        ASKED.clear();
    }

    /** The path is answered with this from now on; at any other it hangs up. */
    public static void answers(String path, int status, String body) {
        answers(path, status, body, Map.of());
    }

    /** The same with headers. */
    public static void answers(String path, int status, String body, Map<String, String> headers) {
        ANSWERS.put(path, new Answer(status, body, headers, Duration.ZERO));
    }

    /** The path is answered so much later. */
    public static void hesitates(String path, Duration delay) {
        ANSWERS.computeIfPresent(path, (unused, told) -> new Answer(told.status(), told.body(), told.headers(), delay));
    }

    /** What the path was asked, in order. */
    public static List<Asked> asked(String path) {
        return ASKED.stream().filter(request -> request.path().equals(path)).toList();
    }

    @Override
    public Map<String, String> start() {
        server.start();
        return Map.of(
                "quarkus.rest-client.delivery-service.url",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getQuery();
            ASKED.add(new Asked(
                    path,
                    query == null ? "" : query,
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    body));
            Answer answer = ANSWERS.get(path);
            if (answer == null) {
                return; // hangs up, as one that is going away
            }
            LockSupport.parkNanos(answer.delay().toNanos());
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", answer.status() < 400 ? "application/json" : "application/problem+json");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
