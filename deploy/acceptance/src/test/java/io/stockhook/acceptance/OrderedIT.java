package io.stockhook.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stockhook.local.LocalPlatform;
import io.stockhook.platform.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ordered webhooks that two processes of delivery-service share, one of which is killed while the first delivery in line fails. */
class OrderedIT {

    private static final int WEBHOOKS = 6;
    private static final int EVENTS = 300;
    /** The order that fails at first. */
    private static final int FAILING = 60;

    private static final int FAILURES = 2;
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static LocalPlatform platform;

    @BeforeAll
    static void start() {
        platform = SharedPlatform.get();
    }

    @Test
    void eachWebhookGetsAllEventsInTheirOrderAlthoughOneOfItsOwnersIsKilled() throws Exception {
        ServerProcess further = platform.furtherDelivery("delivery-further");
        try (Subscriber subscriber = new Subscriber()) {
            // Given
            Calls owner = Calls.ofNewTenant(platform, "Ordered");
            for (int i = 0; i < WEBHOOKS; i++) {
                owner.post("/webhooks", """
                        {"url": "%s", "events": ["order.moved"], "mode": {"type": "ordered"},
                         "retry_config": {"max_retries": 20, "retry_delay": 1500, "backoff_multiplier": 1}}""".formatted(subscriber.url(i)));
            }
            further.start();

            // When
            owner.publish("order.moved", 0, 100);
            await().atMost(CATCH_UP).until(subscriber::hasRefusedEverywhere);
            further.kill();
            owner.publish("order.moved", 100, 200);
            await().atMost(CATCH_UP).until(subscriber::hasAllOfThemPastTheRefused);
            further.start();
            owner.publish("order.moved", 200, EVENTS);

            // Then
            List<Integer> inOrder = IntStream.range(0, EVENTS).boxed().toList();
            await().atMost(CATCH_UP).until(() -> IntStream.range(0, WEBHOOKS)
                    .allMatch(i -> subscriber.receivedBy(i).size() >= EVENTS));
            for (int i = 0; i < WEBHOOKS; i++) {
                assertThat(subscriber.receivedBy(i))
                        .as("first receipts of webhook %d", i)
                        .isEqualTo(inOrder);
            }
            System.out.printf(
                    "%d ordered deliveries, %d requests beyond the first of each%n",
                    WEBHOOKS * EVENTS, subscriber.requests() - WEBHOOKS * EVENTS);
        } finally {
            further.close();
        }
    }

    /** Refuses one order a few times at each of its paths, and notes what it receives in the order of first receipts. */
    private static final class Subscriber implements AutoCloseable {
        private final HttpServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final Map<Integer, List<Integer>> received = new ConcurrentHashMap<>();
        private final Map<Integer, Integer> refused = new ConcurrentHashMap<>();

        Subscriber() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }

        String url(int webhook) {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + webhook;
        }

        /** The orders that a webhook has received, each once. */
        List<Integer> receivedBy(int webhook) {
            return received.getOrDefault(webhook, List.of()).stream().distinct().toList();
        }

        int requests() {
            return received.values().stream().mapToInt(List::size).sum();
        }

        /** That takes the partitions of the process that was killed to the other one. */
        boolean hasAllOfThemPastTheRefused() {
            return IntStream.range(0, WEBHOOKS)
                    .allMatch(webhook -> receivedBy(webhook).size() > FAILING + 1);
        }

        boolean hasRefusedEverywhere() {
            return refused.size() == WEBHOOKS;
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                int webhook =
                        Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
                int order = JSON.readTree(exchange.getRequestBody().readAllBytes())
                        .at("/data/n")
                        .asInt();
                received.computeIfAbsent(webhook, unused -> new CopyOnWriteArrayList<>())
                        .add(order);
                boolean isRefused = order == FAILING && refused.merge(webhook, 1, Integer::sum) <= FAILURES;
                exchange.sendResponseHeaders(isRefused ? 503 : 200, -1);
            }
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
