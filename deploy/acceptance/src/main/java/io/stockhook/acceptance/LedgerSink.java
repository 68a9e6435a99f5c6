package io.stockhook.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stockhook.events.signature.SignatureVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The subscriber: answers 200 and notes each request in the ledger before it does. */
final class LedgerSink implements AutoCloseable {

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
            ledger.receive(
                    String.valueOf(eventId),
                    new Ledger.Receipt(String.valueOf(headers.getFirst("X-Webhook-Delivery")), body, isSigned));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
