package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.delivery.testing.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EgressProxyTests {

    private static final String HOST = "hooks.subscriber.test";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Path directory;
    private final TestAuthority authority = new TestAuthority();

    EgressProxyTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void theProxyIsToldTheCheckedAddressAndNeverTheName() throws IOException {
        // Given
        try (RawServer endpoint = tlsServer();
                RawServer proxy = new RawServer(EgressProxyTests::tunnel);
                Outgoing outgoing = new Outgoing(settings(proxy, Map.of()))) {
            // When
            Outcome outcome = outgoing.post("https://" + HOST + ":" + endpoint.port() + "/hooks", TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).as("%s", outcome).isEqualTo("http_200");
            assertThat(proxy.heads()).hasSize(1);
            assertThat(proxy.heads().get(0)).startsWith("CONNECT 127.0.0.1:" + endpoint.port() + " HTTP/1.1\r\n");
            assertThat(proxy.heads().get(0)).doesNotContain(HOST);
            assertThat(endpoint.heads().get(0)).startsWith("POST /hooks HTTP/1.1\r\n");
        }
    }

    @Test
    void theProxyGetsItsCredentialsAndTheEndpointDoesNot() throws IOException {
        // Given
        try (RawServer endpoint = tlsServer();
                RawServer proxy = new RawServer(EgressProxyTests::tunnel);
                Outgoing outgoing =
                        new Outgoing(settings(proxy, Map.of("proxy-username", "egress", "proxy-password", "pass")))) {
            // When
            outgoing.post("https://" + HOST + ":" + endpoint.port() + "/hooks", TIMEOUT);

            // Then
            assertThat(proxy.heads().get(0).toLowerCase(Locale.ROOT)).contains("proxy-authorization: basic ");
            assertThat(endpoint.heads().get(0).toLowerCase(Locale.ROOT)).doesNotContain("proxy-");
        }
    }

    @Test
    void aProxyThatRefusesIsAConnectionError() throws IOException {
        // Given
        try (RawServer proxy = new RawServer(peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
                });
                Outgoing outgoing = new Outgoing(settings(proxy, Map.of()))) {
            // When
            Outcome outcome = outgoing.post("https://" + HOST + ":8443/", TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).as("%s", outcome).isEqualTo("connection_error");
        }
    }

    @Test
    void plainHttpToAnAllowedRangeDoesNotUseTheProxy() throws IOException {
        // Given
        try (RawServer endpoint = new RawServer(EgressProxyTests::answer);
                RawServer proxy = new RawServer(EgressProxyTests::tunnel);
                Outgoing outgoing = new Outgoing(settings(proxy, Map.of()))) {
            // When
            Outcome outcome = outgoing.post("http://127.0.0.1:" + endpoint.port() + "/hooks", TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).isEqualTo("http_200");
            assertThat(proxy.accepted()).isZero();
        }
    }

    private Map<String, String> settings(RawServer proxy, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("ca-bundle", authority.writeTo(directory).toString());
        settings.put("proxy-host", "127.0.0.1");
        settings.put("proxy-port", Integer.toString(proxy.port()));
        return settings;
    }

    private RawServer tlsServer() throws IOException {
        return new RawServer(
                authority
                        .serverContext(authority.issue(HOST, Duration.ofDays(1)))
                        .getServerSocketFactory()
                        .createServerSocket(),
                EgressProxyTests::answer);
    }

    private static void answer(RawServer.Peer peer) throws IOException {
        peer.readRequest();
        peer.write(OK);
    }

    /** Connects to what CONNECT names and passes bytes both ways. */
    private static void tunnel(RawServer.Peer peer) throws IOException {
        String target = peer.readRequest().split(" ", 3)[1];
        String[] parts = target.split(":", 2);
        try (Socket onwards = new Socket(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]))) {
            peer.write("HTTP/1.1 200 Connected\r\n\r\n");
            Thread back = new Thread(() -> copy(onwards, peer.socket()));
            back.start();
            copy(peer.socket(), onwards);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has gone, and takes the other with it.
        }
    }
}
