package io.stockhook.local.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Shows the main job: a product's life reaches a subscriber, signed; one that fails gets it again; an inbound order is fanned out as well.
 */
public final class GuidedTour {

    private static final int TIMED_CHANGES = 100;
    private static final int PATIENT_LOOKS = 100;
    private static final String HEADINGS = "  %-24s %8s %7s %12s  %s%n";
    private static final String DELIVERY = "  %-24s %8d %7d %9.1f ms  %s%n";

    private final PrintStream out;
    private boolean isAsPromised = true;

    /** @param out where it is told */
    public GuidedTour(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs it once.
     *
     * @param origin the front door
     * @param adminKey the platform administrator's API key
     * @return whether everything was as promised
     */
    public boolean run(URI origin, String adminKey) {
        try {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            tour(new Api(http, origin, adminKey));
        } catch (IOException e) {
            out.println("  The tour ends here: " + e.getMessage());
            isAsPromised = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isAsPromised = false;
        }
        return isAsPromised;
    }

    private void tour(Api admin) throws IOException, InterruptedException {
        say("A tenant, an API key of its owner, and two subscribers");
        String name = "Tour of " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String tenant = admin.post("/tenants", "{\"name\":\"%s\"}".formatted(name))
                .path("id")
                .asText();
        JsonNode key = admin.post(
                "/api-keys", "{\"name\":\"tour\",\"role\":\"owner\",\"tenant_id\":\"%s\"}".formatted(tenant));
        Api api = admin.as(key.path("key").asText());
        Subscriber erp = Subscriber.create(api, "ERP", "[\"product.*\",\"order.*\"]", "");
        Subscriber crm = Subscriber.create(
                api,
                "CRM",
                "[\"catalog.product.updated\"]",
                ",\"retry_config\":{\"max_retries\":5,\"retry_delay\":1000,\"backoff_multiplier\":1}");
        out.printf("  tenant %s, webhooks %s (ERP) and %s (CRM)%n", tenant, erp.webhookId(), crm.webhookId());

        say("A product is created, and the ERP gets it");
        String product = api.post(
                        "/products",
                        "{\"sku\":\"TOUR-%d\",\"name\":\"Floral summer dress\",\"brand\":\"Fashion Co\",\"category\":\"dresses\","
                                        .formatted(System.currentTimeMillis())
                                + "\"price\":89.99,\"currency\":\"USD\",\"quantity\":5,\"attributes\":{\"color\":\"blue\"}}")
                .path("id")
                .asText();
        headings();
        int seen = show(erp, 0, 1, 200);

        say("Its price changes; the CRM, which knows the event by its other name, fails twice");
        crm.answers("[{\"status\":500},{\"status\":500},{\"status\":200}]");
        api.patch("/products/" + product, "{\"price\":79.99}");
        headings();
        seen = show(erp, seen, 1, 200);
        show(crm, 0, 3, 500, 500, 200);

        say("It sells out, and is deleted");
        api.post(
                "/products/" + product + "/stock-movements",
                "{\"type\":\"outflow\",\"quantity\":5,\"reason\":\"sold\",\"reference\":\"ORD-123\"}");
        seen = awaitAll(erp, seen, "product.out_of_stock");
        api.delete("/products/" + product);
        seen = awaitAll(erp, seen, "product.deleted");

        say("An order webhook comes in from outside and is fanned out as well");
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        api.post(
                "/webhooks/order",
                "{\"event_type\":\"order.created\",\"event\":\"Order ORD-123 was placed\",\"created_at\":\"%s\",\"updated_at\":\"%s\"}"
                        .formatted(now, now));
        headings();
        seen = show(erp, seen, 1, 200);

        say("What delivery-service has on record of the CRM");
        showLog(api, crm.webhookId());

        say("%d more changes, one at a time".formatted(TIMED_CHANGES));
        time(api, erp, seen);
    }

    private int show(Subscriber subscriber, int seen, int more, int... statuses)
            throws IOException, InterruptedException {
        List<Receipt> receipts = subscriber.awaitReceipts(seen + more);
        for (int i = 0; i < more; i++) {
            Receipt receipt = receipts.get(seen + i);
            print(receipt);
            if (receipt.status() != statuses[i] || !receipt.isSigned()) {
                broken("expected a signed request, answered with " + statuses[i]);
            }
        }
        return seen + more;
    }

    /** A change may be told by several events; shows all up to the one that is waited for. */
    private int awaitAll(Subscriber subscriber, int seen, String eventType) throws IOException, InterruptedException {
        headings();
        int shown = seen;
        while (true) {
            Receipt receipt = subscriber.awaitReceipts(shown + 1).get(shown);
            shown++;
            print(receipt);
            if (!receipt.isSigned()) {
                broken("expected a signed request");
            }
            if (receipt.eventType().equals(eventType)) {
                return shown;
            }
        }
    }

    private void time(Api api, Subscriber erp, int seen) throws IOException, InterruptedException {
        String product = api.post(
                        "/products",
                        "{\"sku\":\"TIMED-%d\",\"name\":\"Timed\",\"price\":1,\"currency\":\"EUR\",\"quantity\":1}"
                                .formatted(System.currentTimeMillis()))
                .path("id")
                .asText();
        int before = seen + 1;
        erp.awaitReceipts(before);
        String newest = erp.awaitNewerThan("");
        List<Instant> answers = new ArrayList<>();
        for (int change = 1; change <= TIMED_CHANGES; change++) {
            api.patch("/products/" + product, "{\"price\":%d}".formatted(change + 1));
            answers.add(Instant.now());
            newest = erp.awaitNewerThan(newest);
        }
        List<Receipt> receipts = erp.awaitReceipts(before + TIMED_CHANGES);
        double[] latencies = new double[TIMED_CHANGES];
        for (int change = 0; change < TIMED_CHANGES; change++) {
            Duration latency = Duration.between(
                    answers.get(change), receipts.get(before + change).receivedAt());
            latencies[change] = Math.max(0, latency.toNanos() / 1e6); // the receipt may come before the answer
        }
        Arrays.sort(latencies);
        out.printf(
                Locale.ROOT,
                "  from the answer to the change to the receipt: median %.1f ms, fastest %.1f ms, slowest %.1f ms%n",
                latencies[latencies.length / 2],
                latencies[0],
                latencies[latencies.length - 1]);
    }

    /** The log may be a little late, since it is written behind the deliveries. */
    private void showLog(Api api, String webhookId) throws IOException, InterruptedException {
        String path = "/deliveries?webhook_id=" + webhookId;
        JsonNode items = api.get(path).path("items");
        for (int look = 0; look < PATIENT_LOOKS && !isDelivered(items); look++) {
            Thread.sleep(100);
            items = api.get(path).path("items");
        }
        for (JsonNode delivery : items) {
            if (delivery.path("attempt_count").asInt() > 1) {
                JsonNode attempts =
                        api.get("/deliveries/" + delivery.path("id").asText()).path("attempts");
                String codes = Stream.iterate(0, i -> i < attempts.size(), i -> i + 1)
                        .map(i -> attempts.path(i).path("response_code").asText())
                        .reduce((one, other) -> one + ", " + other)
                        .orElse("none");
                out.printf(
                        "  %s %s after %d attempts, answered with %s%n",
                        delivery.path("id").asText(), delivery.path("status").asText(), attempts.size(), codes);
            }
        }
        if (!isDelivered(items)) {
            broken("expected a delivery that arrived at its third attempt");
        }
    }

    private static boolean isDelivered(JsonNode items) {
        for (JsonNode delivery : items) {
            if (delivery.path("attempt_count").asInt() == 3
                    && delivery.path("status").asText().equals("delivered")) {
                return true;
            }
        }
        return false;
    }

    private void headings() {
        out.printf(HEADINGS, "event", "attempt", "status", "latency", "signatures");
    }

    private void print(Receipt receipt) {
        out.printf(
                Locale.ROOT,
                DELIVERY,
                receipt.eventType(),
                receipt.attempt(),
                receipt.status(),
                receipt.latencyMs(),
                receipt.isSigned() ? "valid" : "NOT VALID");
    }

    private void say(String what) {
        out.println();
        out.println(what);
    }

    private void broken(String promise) {
        out.println("  Not as promised: " + promise);
        isAsPromised = false;
    }
}
