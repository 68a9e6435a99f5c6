package io.stockhook.subscription.testing;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Webhooks are published anew in batches of two, and delivery-service is a stand-in that has counted the same of every request: on the
 * 15th of January 2026 ten deliveries, of which eight arrived and one was given up.
 */
public class SmallBatches implements QuarkusTestProfile {

    private static final List<String> QUERIES = new CopyOnWriteArrayList<>();
    private static final String COUNTED = """
            {"webhook_id": null, "summary": {"total_events": 10}, "time_series": [
              {"date": "2026-01-14", "total_events": 0, "successful": 0, "failed": 0, "avg_response_time": null},
              {"date": "2026-01-15", "total_events": 10, "successful": 8, "failed": 1, "avg_response_time": 12}]}""";

    /** The query strings that the stand-in has been asked. */
    public static List<String> queries() {
        return QUERIES;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "stockhook.webhooks.republish-at-once", "2",
                "stockhook.webhooks.republish-batch", "2",
                "quarkus.rest-client.delivery-service.url", "http://127.0.0.1:" + deliveryService());
    }

    private static int deliveryService() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/api/v1/deliveries/stats", exchange -> {
                QUERIES.add(exchange.getRequestURI().getQuery());
                byte[] body = COUNTED.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
