package io.stockhook.local.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An external system: a mock endpoint and the webhook that points to it. */
final class Subscriber {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int PAGE = 200;

    private final Api api;
    private final String mockId;
    private final String webhookId;

    private Subscriber(Api api, String mockId, String webhookId) {
        this.api = api;
        this.mockId = mockId;
        this.webhookId = webhookId;
    }

    /**
     * Makes the endpoint, subscribes it, and gives it the secret to verify with.
     *
     * @param patterns a JSON array of what it subscribes to
     * @param options further fields of the webhook, each with a comma before it
     */
    static Subscriber create(Api api, String name, String patterns, String options)
            throws IOException, InterruptedException {
        JsonNode mock = api.post("/mock-endpoints", "{\"name\":\"%s\"}".formatted(name));
        JsonNode webhook = api.post(
                "/webhooks",
                "{\"name\":\"%s\",\"url\":\"%s\",\"events\":%s%s}"
                        .formatted(name, mock.path("url").asText(), patterns, options));
        String mockId = mock.path("id").asText();
        api.patch(
                "/mock-endpoints/" + mockId,
                "{\"secret\":\"%s\"}".formatted(webhook.path("secret").asText()));
        return new Subscriber(api, mockId, webhook.path("id").asText());
    }

    String webhookId() {
        return webhookId;
    }

    /** The next requests get these answers, a JSON array; the last one stays. */
    void answers(String responses) throws IOException, InterruptedException {
        api.patch("/mock-endpoints/" + mockId, "{\"responses\":%s}".formatted(responses));
    }

    /** All that it has received, the oldest first, once that is as much as expected. */
    List<Receipt> awaitReceipts(int expected) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<Receipt> receipts = receipts();
            if (receipts.size() >= expected) {
                return receipts;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("only %d of %d requests arrived within %d s"
                        .formatted(receipts.size(), expected, PATIENCE.toSeconds()));
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /**
     * The newest request, once there is another one than the given; looks at no more than one, so that looking costs little.
     *
     * @param seen what came last; empty for nothing yet
     */
    String awaitNewerThan(String seen) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            String newest = api.get("/mock-endpoints/%s/requests?order=newest&limit=1".formatted(mockId))
                    .path("items")
                    .path(0)
                    .path("id")
                    .asText();
            if (!newest.equals(seen)) {
                return newest;
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        throw new IOException("no further request arrived within %d s".formatted(PATIENCE.toSeconds()));
    }

    private List<Receipt> receipts() throws IOException, InterruptedException {
        List<Receipt> receipts = new ArrayList<>();
        JsonNode page = api.get("/mock-endpoints/%s/requests?order=oldest&limit=%d".formatted(mockId, PAGE));
        for (JsonNode request : page.path("items")) {
            receipts.add(Receipt.of(request));
        }
        return receipts;
    }
}
