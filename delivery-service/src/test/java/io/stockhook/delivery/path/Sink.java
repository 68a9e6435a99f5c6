package io.stockhook.delivery.path;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A subscriber: an HTTP server that keeps what it receives and answers as told, each path for itself. */
final class Sink implements AutoCloseable {

    record Received(String path, Map<String, List<String>> headers, byte[] body, Instant at) {

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().get(0))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no header " + name + " in " + headers));
        }

        String text() {
            return new String(body, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Integer>> statuses = new ConcurrentHashMap<>();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Map<String, String> rejected = new ConcurrentHashMap<>();
    private final Map<String, Duration> delays = new ConcurrentHashMap<>();

    Sink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The next requests to the path are answered with these, all others with 200. */
    void answers(String path, Integer... next) {
        statuses.computeIfAbsent(path, unused -> new ConcurrentLinkedQueue<>()).addAll(List.of(next));
    }

    /** Requests to the path whose body holds this text are answered with 500, until it is {@link #accepts accepted}. */
    void rejects(String path, String text) {
        rejected.put(path, text);
    }

    /** Nothing is rejected on the path any more. */
    void accepts(String path) {
        rejected.remove(path);
    }

    /** Requests to the path are answered that much later. */
    void delays(String path, Duration delay) {
        delays.put(path, delay);
    }

    List<Received> at(String path) {
        return received.stream().filter(request -> request.path().equals(path)).toList();
    }

    /** Whether a request to the path with this {@code webhook-id} has been answered with 200. */
    boolean isTaken(String path, String webhookId) {
        return taken.contains(path + ' ' + webhookId);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(path, Map.copyOf(exchange.getRequestHeaders()), body, Instant.now()));
            Queue<Integer> queue = statuses.get(path);
            Integer status = queue == null ? null : queue.poll();
            String unwanted = rejected.get(path);
            if (unwanted != null && new String(body, java.nio.charset.StandardCharsets.UTF_8).contains(unwanted)) {
                status = 500;
            }
            if (status == null) {
                taken.add(path + ' ' + exchange.getRequestHeaders().getFirst("webhook-id"));
            }
            LockSupport.parkNanos(delays.getOrDefault(path, Duration.ZERO).toNanos());
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
