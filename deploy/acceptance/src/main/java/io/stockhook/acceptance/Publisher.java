package io.stockhook.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A client that publishes orders and notes in the ledger what was accepted. While the platform refuses or does not answer it comes again
 * with the same ids, as a publisher would that does not want to lose anything either.
 */
final class Publisher {

    private static final int BATCH = 50;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final Duration COME_AGAIN_AFTER = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI api;
    private final String key;
    private final Ledger ledger;
    private final String name;

    /**
     * @param origin of the platform
     * @param key an API key that may publish
     * @param name what the ids of its events begin with
     */
    Publisher(URI origin, String key, Ledger ledger, String name) {
        this.api = origin.resolve("/api/v1");
        this.key = key;
        this.ledger = ledger;
        this.name = name;
    }

    /** Publishes the orders of these numbers and returns once all are accepted. */
    void publish(int from, int until) throws IOException, InterruptedException {
        for (int first = from; first < until; first += BATCH) {
            String events = IntStream.range(first, Math.min(until, first + BATCH))
                    .mapToObj(n -> "{\"id\":\"%s\",\"type\":\"order.created\",\"subject\":\"order-%d\",\"data\":%s}"
                            .formatted(id(n), n % 50, data(n)))
                    .collect(Collectors.joining(",", "{\"events\":[", "]}"));
            publishUntilAccepted(events, Math.min(until, first + BATCH) - first);
        }
    }

    private void publishUntilAccepted(String events, int count) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (accepted(events) < count) {
            if (System.nanoTime() > giveUp) {
                throw new IOException("not all of %d events were accepted within %s".formatted(count, PATIENCE));
            }
            Thread.sleep(COME_AGAIN_AFTER.toMillis());
        }
    }

    private int accepted(String events) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + "/events"))
                .timeout(ANSWER_LIMIT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(events))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return note(JSON.readTree(response.body()));
        } catch (IOException e) {
            return 0; // whether it was accepted is not known, so it is asked again
        }
    }

    /** What the answer says of each event, also of those that were accepted before. */
    private int note(JsonNode answer) {
        int accepted = 0;
        for (JsonNode result : answer.path("results")) {
            if (result.path("status").asText().equals("accepted")) {
                String id = result.path("id").asText();
                ledger.accept(id, data(Integer.parseInt(id.substring(id.lastIndexOf('-') + 1))));
                accepted++;
            }
        }
        return accepted;
    }

    private String id(int n) {
        return name + '-' + n;
    }

    private static String data(int n) {
        return "{\"order_id\":\"ORD-%d\",\"amount\":%d.50}".formatted(n, n);
    }
}
