package io.stockhook.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.stockhook.platform.ServerProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Webhooks with a rate that two processes of delivery-service share, one of which is killed in the middle. */
class RateIT {

    private static final int WEBHOOKS = 6;
    private static final int EVENTS = 60;
    private static final int PER_SECOND = 10;
    /** The first of a bucket, and what a killed process had sent and not yet said so. */
    private static final int AHEAD = 4;

    private static final Duration CATCH_UP = Duration.ofSeconds(60);

    @Test
    void noWebhookGetsMoreThanItsRateWhoeverOwnsItAndNothingIsLost() throws Exception {
        ServerProcess further = SharedPlatform.get().furtherDelivery("delivery-rate");
        Map<String, List<Instant>> arrivals = new ConcurrentHashMap<>();
        Map<String, List<String>> ids = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                arrivals.computeIfAbsent(path, unused -> new CopyOnWriteArrayList<>())
                        .add(Instant.now());
                ids.computeIfAbsent(path, unused -> new CopyOnWriteArrayList<>())
                        .add(exchange.getRequestHeaders().getFirst("webhook-id"));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        try {
            // Given
            Calls owner = Calls.ofNewTenant(SharedPlatform.get(), "Rates");
            for (int i = 0; i < WEBHOOKS; i++) {
                owner.post("/webhooks", """
                        {"url": "http://127.0.0.1:%d/%d", "events": ["order.rated"],
                         "rate_limit": {"limit": %d, "per": "second"}}""".formatted(server.getAddress().getPort(), i, PER_SECOND));
            }
            further.start();
            Instant began = Instant.now();

            // When
            owner.publish("order.rated", 0, EVENTS);
            await().atMost(CATCH_UP)
                    .until(() -> arrivals.size() == WEBHOOKS
                            && arrivals.values().stream().allMatch(at -> at.size() >= EVENTS / 4));
            further.kill();

            // Then
            await().atMost(CATCH_UP).until(() -> ids.values().stream()
                    .allMatch(received -> received.stream().distinct().count() == EVENTS));
            assertThat(arrivals).hasSize(WEBHOOKS);
            arrivals.forEach((path, at) -> IntStream.range(AHEAD, at.size()).forEach(n -> assertThat(at.get(n))
                    .as("request %d of webhook %s", n, path)
                    .isAfterOrEqualTo(began.plusMillis(1_000L * (n - AHEAD) / PER_SECOND))));
            System.out.printf(
                    "%d deliveries at a rate, %d requests beyond the first of each%n",
                    WEBHOOKS * EVENTS,
                    arrivals.values().stream().mapToInt(List::size).sum() - WEBHOOKS * EVENTS);
        } finally {
            further.close();
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
