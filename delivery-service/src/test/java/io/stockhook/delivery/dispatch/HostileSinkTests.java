package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.delivery.testing.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a subscriber's server does, the attempt ends in time, with the right class, and holds nothing afterwards. */
class HostileSinkTests {

    private static final Duration TIMEOUT = Duration.ofMillis(600);
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int MEGABYTE = 1024 * 1024;

    private final Outgoing outgoing = new Outgoing(Map.of());

    @AfterEach
    void close() {
        outgoing.close();
    }

    static Stream<Arguments> hostileSinks() {
        return Stream.of(
                sink("resets at once", "connection_reset", RawServer.Peer::reset),
                sink("resets after the request", "connection_reset", peer -> {
                    peer.readRequest();
                    peer.reset();
                }),
                sink("closes after the request", "connection_reset", peer -> {
                    peer.readRequest();
                    peer.socket().close();
                }),
                sink("half closes after the request", "connection_reset", peer -> {
                    peer.readRequest();
                    peer.socket().shutdownOutput();
                }),
                sink("never answers", "timeout", RawServer.Peer::readRequest),
                sink("never reads", "timeout", peer -> peer.socket().setReceiveBufferSize(1024)),
                sink("drips its head", "timeout", peer -> {
                    peer.readRequest();
                    peer.drip("HTTP/1.1 200 OK\r\nX-Slow: " + "a".repeat(1000), 20);
                }),
                sink("drips its body", "timeout", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                    peer.drip("a".repeat(1000), 20);
                }),
                sink("sends a body without end", "http_200", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\n\r\n");
                    writeUntilClosed(peer, new byte[8192]);
                }),
                sink("sends chunks without end", "http_200", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    writeUntilClosed(peer, ("400\r\n" + "a".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }),
                sink("sends a body of 100 MB", "http_500", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 500 No\r\nContent-Length: " + 100 * MEGABYTE + "\r\n\r\n");
                    writeUntilClosed(peer, new byte[MEGABYTE]);
                }),
                sink("speaks another protocol", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("220 mail.example.com ESMTP\r\n250 ok\r\n\r\n");
                }),
                sink("speaks another version of HTTP", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/3.0 200 OK\r\nContent-Length: 0\r\n\r\n");
                }),
                sink("has a status that is no number", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n");
                }),
                sink("has a status below 100", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n");
                }),
                sink("has a status line without end", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 ");
                    writeUntilClosed(peer, "a".repeat(1024).getBytes(StandardCharsets.US_ASCII));
                }),
                sink("has a header of 64 KiB", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nX-Huge: " + "a".repeat(65_536) + "\r\nContent-Length: 0\r\n\r\n");
                }),
                sink("sends headers without end", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\n");
                    writeUntilClosed(peer, "X-More: and more\r\n".getBytes(StandardCharsets.US_ASCII));
                }),
                sink("has a header that is none", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\n: nameless\r\nContent-Length: 0\r\n\r\n");
                }),
                sink("has a chunk size that is no number", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n");
                }),
                sink("has a Content-Length that is no number", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nok");
                }),
                sink("has two different Content-Lengths", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok");
                }),
                sink("closes before its Content-Length", "connection_reset", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok");
                    peer.socket().close();
                }),
                sink("closes in the middle of a chunk", "connection_reset", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nok");
                    peer.socket().close();
                }),
                sink("closes in its head", "connection_reset", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Le");
                    peer.socket().close();
                }),
                sink("switches protocols unasked", "protocol_error", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
                }),
                sink("continues without end", "timeout", peer -> {
                    peer.readRequest();
                    for (int i = 0; i < 1000; i++) {
                        peer.drip("HTTP/1.1 100 Continue\r\n\r\n", 1);
                    }
                }),
                sink("redirects", "http_302", peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nConnection: close\r\n"
                            + "Content-Length: 0\r\n\r\n");
                }),
                sink("answers more than once", "http_200", peer -> {
                    peer.readRequest();
                    peer.write(OK + "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
                }),
                sink("sends more than its Content-Length", "http_200", peer -> {
                    peer.readRequest();
                    peer.write(OK + " and more\r\n\r\n");
                }));
    }

    private static Arguments sink(String what, String expected, RawServer.Behaviour behaviour) {
        return arguments(named(what, behaviour), expected);
    }

    @ParameterizedTest
    @MethodSource("hostileSinks")
    void endsInTimeWithItsClassAndHoldsNothing(RawServer.Behaviour behaviour, String expected) throws IOException {
        try (RawServer server = new RawServer(behaviour)) {
            // When
            long begun = System.nanoTime();
            Outcome outcome = outgoing.post(url(server), TIMEOUT);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);

            // Then
            assertThat(Retries.errorClass(outcome)).as("%s", outcome).isEqualTo(expected);
            assertThat(took).isLessThan(TIMEOUT.plusMillis(400));
            awaitThat(() -> outgoing.openConnections() == 0);
            awaitThat(() -> server.open() == 0);
            assertThat(outgoing.answers()).isEqualTo(1);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void allOfThemAtOnceHoldNothingAndHarmNobody() throws IOException {
        // Given
        int attempts = 4;
        List<Arguments> sinks = hostileSinks().toList();
        List<RawServer> servers = new ArrayList<>();
        try (RawServer healthy = new RawServer(HostileSinkTests::answerAlways)) {
            for (Arguments sink : sinks) {
                servers.add(new RawServer(((Named<RawServer.Behaviour>) sink.get()[0]).getPayload()));
            }

            // When
            List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < attempts; i++) {
                servers.forEach(server -> outcomes.add(begin(server)));
            }
            CompletableFuture<Outcome> neighbour = begin(healthy);

            // Then
            assertThat(Retries.errorClass(neighbour.join())).isEqualTo("http_200");
            awaitThat(() -> outcomes.stream().allMatch(CompletableFuture::isDone));
            awaitThat(() -> servers.stream().allMatch(server -> server.open() == 0));
            awaitThat(() -> outgoing.openConnections() == 1);
            assertThat(outgoing.answers()).isEqualTo(attempts * sinks.size() + 1);
        } finally {
            for (RawServer server : servers) {
                server.close();
            }
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (RawServer target = new RawServer(RawServer.Peer::readRequest);
                RawServer server = new RawServer(peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 307 Go\r\nLocation: " + url(target) + "\r\nContent-Length: 0\r\n\r\n");
                })) {
            // When
            Outcome outcome = outgoing.post(url(server), TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).isEqualTo("http_307");
            assertThat(target.accepted()).isZero();
        }
    }

    @Test
    void anIpv6AddressIsBracketedInHost() throws IOException {
        // Given
        InetAddress loopback = InetAddress.getByName("::1");
        try (RawServer server = new RawServer(new ServerSocket(0, 10, loopback), HostileSinkTests::answerAlways)) {
            // When
            Outcome outcome = outgoing.post("http://[::1]:" + server.port() + "/", TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).isEqualTo("http_200");
            assertThat(server.heads().get(0)).containsIgnoringCase("host: [::1]:" + server.port() + "\r\n");
        }
    }

    @Test
    void aPortThatNobodyListensOnIsNoConnection() throws IOException {
        // Given
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        // When
        Outcome outcome = outgoing.post("http://127.0.0.1:" + port + "/", TIMEOUT);

        // Then
        assertThat(Retries.errorClass(outcome)).isEqualTo("connection_error");
    }

    @Test
    void informationalResponsesComeBeforeTheAnswer() throws IOException {
        try (RawServer server = new RawServer(peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK);
        })) {
            // When
            Outcome outcome = outgoing.post(url(server), TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).isEqualTo("http_200");
        }
    }

    @Test
    void anAnswerBeforeTheRequestIsReadCountsAndCostsTheConnection() throws IOException {
        try (RawServer server = new RawServer(smallBuffers(), peer -> {
            peer.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
            // The rest of the request is never read.
            await().atMost(Duration.ofSeconds(5)).until(() -> !isConnected(peer));
        })) {
            // When
            Outcome outcome = outgoing.post(url(server), new byte[16 * MEGABYTE], null, TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).isEqualTo("http_413");
            awaitThat(() -> outgoing.openConnections() == 0);
            awaitThat(() -> server.open() == 0);
        }
    }

    @Test
    void aRequestThatIsNeverReadHoldsNothingAfterItsTime() throws IOException {
        try (RawServer server = new RawServer(
                smallBuffers(), peer -> await().atMost(Duration.ofSeconds(5)).until(() -> !isConnected(peer)))) {
            // When
            Outcome outcome = outgoing.post(url(server), new byte[16 * MEGABYTE], null, TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).isEqualTo("timeout");
            awaitThat(() -> outgoing.openConnections() == 0);
            awaitThat(() -> server.open() == 0);
        }
    }

    @Test
    void aConnectionThatIsKeptOpenIsUsedAgain() throws IOException {
        try (RawServer server = new RawServer(HostileSinkTests::answerAlways)) {
            // When
            for (int i = 0; i < 5; i++) {
                assertThat(Retries.errorClass(outgoing.post(url(server), TIMEOUT)))
                        .isEqualTo("http_200");
            }

            // Then
            assertThat(server.heads()).hasSize(5);
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(outgoing.openConnections()).isEqualTo(1);
        }
    }

    @Test
    void aKeptConnectionThatItsServerClosesHarmsNoLaterAttempt() throws IOException {
        try (RawServer server = new RawServer(peer -> {
            peer.readRequest();
            peer.write(OK);
            peer.socket().close();
        })) {
            for (int i = 0; i < 5; i++) {
                // When
                Outcome outcome = outgoing.post(url(server), TIMEOUT);
                awaitThat(() -> outgoing.openConnections() == 0);

                // Then
                assertThat(Retries.errorClass(outcome)).isEqualTo("http_200");
            }
        }
    }

    private static void awaitThat(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(condition);
    }

    private CompletableFuture<Outcome> begin(RawServer server) {
        return outgoing.begin(url(server), Outgoing.BODY.getBytes(StandardCharsets.UTF_8), null, TIMEOUT);
    }

    private static void answerAlways(RawServer.Peer peer) throws IOException {
        while (true) {
            peer.readRequest();
            peer.write(OK);
        }
    }

    private static ServerSocket smallBuffers() throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReceiveBufferSize(4096);
        return listener;
    }

    private static boolean isConnected(RawServer.Peer peer) {
        try {
            peer.socket().sendUrgentData(0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void writeUntilClosed(RawServer.Peer peer, byte[] bytes) throws IOException {
        while (true) {
            peer.write(bytes);
        }
    }

    private static String url(RawServer server) {
        return "http://127.0.0.1:" + server.port() + "/hooks";
    }
}
