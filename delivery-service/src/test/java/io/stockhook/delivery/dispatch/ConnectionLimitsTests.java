package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.delivery.testing.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How many connections there are, and for how long. An event loop here has 64 of the 2,000 slots, and so 3.2 % of each bound. */
class ConnectionLimitsTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void aHostGetsNoMoreConnectionsThanItsBoundAndTheRestWaits() throws IOException {
        // Given
        CountDownLatch answer = new CountDownLatch(1);
        try (Outgoing outgoing = new Outgoing(Map.of("max-connections-per-host", "125"));
                RawServer server = new RawServer(peer -> answerAlways(peer, answer))) {
            // When
            List<CompletableFuture<Outcome>> outcomes = begin(outgoing, server, 20);
            await().atMost(TIMEOUT).until(() -> server.heads().size() == 4);
            answer.countDown();

            // Then
            assertThat(outcomes)
                    .extracting(outcome -> Retries.errorClass(outcome.join()))
                    .containsOnly("http_200");
            assertThat(server.accepted()).isEqualTo(4);
        }
    }

    @Test
    void whoeverWaitsForAConnectionInVainEndsInTimeAndIsNeverSent() throws IOException {
        // Given
        try (Outgoing outgoing = new Outgoing(Map.of("max-connections-per-host", "1"));
                RawServer server = new RawServer(RawServer.Peer::readRequest)) {
            CompletableFuture<Outcome> first = outgoing.begin(url(server), body(), null, Duration.ofMillis(700));

            // When
            List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                outcomes.add(outgoing.begin(url(server), body(), null, Duration.ofMillis(300)));
            }
            outcomes.add(first);

            // Then
            assertThat(outcomes)
                    .extracting(outcome -> Retries.errorClass(outcome.join()))
                    .containsOnly("timeout");
            assertThat(server.heads()).hasSize(1);
            await().atMost(TIMEOUT).until(() -> server.open() == 0 && outgoing.openConnections() == 0);
        }
    }

    @Test
    void pastTheBoundInAllTheLongestIdleIsClosed() throws IOException {
        // Given
        List<RawServer> servers = new ArrayList<>();
        try (Outgoing outgoing = new Outgoing(Map.of("max-connections", "125"))) {
            for (int i = 0; i < 7; i++) {
                servers.add(new RawServer(ConnectionLimitsTests::answerAlways));
            }

            // When
            for (RawServer server : servers) {
                assertThat(Retries.errorClass(outgoing.post(url(server), TIMEOUT)))
                        .isEqualTo("http_200");
            }

            // Then
            assertThat(outgoing.openConnections()).isEqualTo(4);
            await().atMost(TIMEOUT)
                    .until(() -> servers.stream().map(RawServer::open).toList(), List.of(0, 0, 0, 1, 1, 1, 1)::equals);
        } finally {
            for (RawServer server : servers) {
                server.close();
            }
        }
    }

    @Test
    void aConnectionPastItsAgeIsReplaced() throws IOException {
        // Given
        try (Outgoing outgoing = new Outgoing(Map.of("max-connection-age", "1ms"));
                RawServer server = new RawServer(peer -> {
                    while (true) {
                        peer.readRequest();
                        peer.drip(OK, 1);
                    }
                })) {
            // When
            outgoing.post(url(server), TIMEOUT);
            outgoing.post(url(server), TIMEOUT);

            // Then
            assertThat(server.accepted()).isEqualTo(2);
            await().atMost(TIMEOUT).until(() -> server.open() == 0);
        }
    }

    @Test
    void aServerCannotHaveAnIdleConnectionKeptForLonger() throws IOException {
        // Given
        try (Outgoing outgoing = new Outgoing(Map.of("keep-alive", "200ms"));
                RawServer stubborn = new RawServer(peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=86400\r\nContent-Length: 0\r\n\r\n");
                });
                RawServer other = new RawServer(ConnectionLimitsTests::answerAlways)) {
            // When
            outgoing.post(url(stubborn), TIMEOUT);

            // Then
            await().atMost(TIMEOUT).until(() -> {
                outgoing.post(url(other), TIMEOUT);
                return stubborn.open() == 0;
            });
        }
    }

    private static List<CompletableFuture<Outcome>> begin(Outgoing outgoing, RawServer server, int count) {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outcomes.add(outgoing.begin(url(server), body(), null, TIMEOUT));
        }
        return outcomes;
    }

    private static byte[] body() {
        return Outgoing.BODY.getBytes(StandardCharsets.UTF_8);
    }

    private static void answerAlways(RawServer.Peer peer) throws IOException {
        answerAlways(peer, new CountDownLatch(0));
    }

    private static void answerAlways(RawServer.Peer peer, CountDownLatch from) throws IOException {
        while (true) {
            peer.readRequest();
            try {
                from.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            peer.write(OK);
        }
    }

    private static String url(RawServer server) {
        return "http://127.0.0.1:" + server.port() + "/hooks";
    }
}
