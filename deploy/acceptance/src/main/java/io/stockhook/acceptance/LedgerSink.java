package io.stockhook.acceptance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stockhook.events.signature.SignatureVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The subscriber: answers 200 and notes each request, or each event of a batch, in the ledger before it does. */
final class LedgerSink implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 8;
    private static final int BACKLOG = 200;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Ledger ledger;
    private volatile SignatureVerifier verifier = new SignatureVerifier(List.of("not known yet"));

    LedgerSink(Ledger ledger) throws IOException {
        this.ledger = ledger;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/ledger";
    }

    void verifyWith(String secret) {
        verifier = new SignatureVerifier(List.of(secret));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            byte[] body = exchange.getRequestBody().readAllBytes();
            String eventId = headers.getFirst("webhook-id");
            SignatureVerifier.Verdict standard = verifier.standard(
                    eventId,
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    body,
                    Instant.now());
            SignatureVerifier.Verdict classic = verifier.classic(headers.getFirst("X-Webhook-Signature"), body);
            boolean isSigned =
                    standard == SignatureVerifier.Verdict.VALID && classic == SignatureVerifier.Verdict.VALID;
            if (headers.containsKey("X-Webhook-Batch-Size")) {
                receiveEach(body, isSigned);
            } else {
                String deliveryId = String.valueOf(headers.getFirst("X-Webhook-Delivery"));
                ledger.receive(String.valueOf(eventId), new Ledger.Receipt(deliveryId, body, isSigned));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** The bytes of each element as they came; nothing in a batch names an event's delivery. */
    private void receiveEach(byte[] array, boolean isSigned) throws IOException {
        try (JsonParser events = JSON.createParser(array)) {
            events.nextToken();
            while (events.nextToken() == JsonToken.START_OBJECT) {
                int start = (int) events.currentTokenLocation().getByteOffset();
                events.skipChildren();
                byte[] event = Arrays.copyOfRange(
                        array, start, (int) events.currentLocation().getByteOffset());
                String eventId = JSON.readTree(event).path("id").asText();
                ledger.receive(eventId, new Ledger.Receipt("", event, isSigned));
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
