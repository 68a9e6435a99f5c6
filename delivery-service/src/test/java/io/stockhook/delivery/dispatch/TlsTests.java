package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.delivery.testing.RawServer;
import io.stockhook.events.auth.EndpointAuth;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS: who is trusted, which name is asked for, and that the connection goes to the address that was checked. */
class TlsTests {

    private static final String HOST = "hooks.subscriber.test";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SHORT = Duration.ofMillis(600);
    private static final Duration VALID = Duration.ofDays(1);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Path directory;
    private final TestAuthority authority = new TestAuthority();
    private final Outgoing outgoing;

    TlsTests(@TempDir Path directory) {
        this.directory = directory;
        this.outgoing =
                new Outgoing(Map.of("ca-bundle", authority.writeTo(directory).toString()));
    }

    @AfterEach
    void close() {
        outgoing.close();
    }

    @Test
    void connectsToTheCheckedAddressAndAsksForTheName() throws IOException {
        // Given
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        try (RawServer server = tlsServer(authority.issue(HOST, VALID), peer -> {
            asked.add(serverName(peer));
            peer.readRequest();
            peer.write(OK);
        })) {
            // When
            Outcome outcome = outgoing.post("https://" + HOST + ":" + server.port() + "/hooks", TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).as("%s", outcome).isEqualTo("http_200");
            assertThat(asked).containsExactly(HOST);
            assertThat(server.heads().get(0).toLowerCase(Locale.ROOT))
                    .contains("host: " + HOST + ":" + server.port() + "\r\n");
        }
    }

    @Test
    void anAddressIsVerifiedAsAnAddress() throws IOException {
        try (RawServer right = tlsServer(authority.issue("127.0.0.1", VALID), TlsTests::answer);
                RawServer wrong = tlsServer(authority.issue("127.0.0.2", VALID), TlsTests::answer)) {
            // When
            Outcome trusted = outgoing.post("https://127.0.0.1:" + right.port() + "/", TIMEOUT);
            Outcome refused = outgoing.post("https://127.0.0.1:" + wrong.port() + "/", TIMEOUT);

            // Then
            assertThat(Retries.errorClass(trusted)).as("%s", trusted).isEqualTo("http_200");
            assertThat(Retries.errorClass(refused)).as("%s", refused).isEqualTo("tls_error");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws IOException {
        assertRefused(authority.issue("other.subscriber.test", VALID));
    }

    @Test
    void anExpiredCertificateIsRefused() throws IOException {
        assertRefused(authority.issue(HOST, Duration.ofHours(-1)));
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsRefused() throws IOException {
        assertRefused(new TestAuthority().issue(HOST, VALID));
    }

    private void assertRefused(TestAuthority.Issued issued) throws IOException {
        try (RawServer server = tlsServer(issued, TlsTests::answer)) {
            // When
            Outcome outcome = outgoing.post("https://" + HOST + ":" + server.port() + "/", TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).as("%s", outcome).isEqualTo("tls_error");
            assertThat(server.heads()).isEmpty();
            awaitThat(() -> server.open() == 0 && outgoing.openConnections() == 0);
        }
    }

    @Test
    void withoutABundleTheAuthoritiesOfTheJdkAlone() throws IOException {
        // Given
        try (Outgoing plain = new Outgoing(Map.of());
                RawServer server = tlsServer(authority.issue(HOST, VALID), TlsTests::answer)) {
            // When
            Outcome outcome = plain.post("https://" + HOST + ":" + server.port() + "/", TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).isEqualTo("tls_error");
        }
    }

    @Test
    void aBundleThatIsNoneIsNamedAtTheStart() throws IOException {
        // Given
        Path nothing = Files.writeString(directory.resolve("nothing.pem"), "");

        // Then
        assertThatThrownBy(() -> new Outgoing(Map.of("ca-bundle", nothing.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stockhook.dispatch.ca-bundle");
        assertThatThrownBy(() -> new Outgoing(
                        Map.of("ca-bundle", directory.resolve("none.pem").toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stockhook.dispatch.ca-bundle");
    }

    @Test
    void aServerThatSpeaksNoTlsIsATlsError() throws IOException {
        assertThat(classOf(peer -> peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")))
                .isEqualTo("tls_error");
    }

    @Test
    void aServerThatSendsGarbageIsATlsError() throws IOException {
        assertThat(classOf(peer -> peer.write(new byte[100]))).isEqualTo("tls_error");
    }

    @Test
    void aServerThatLeavesTheHandshakeIsATlsError() throws IOException {
        assertThat(classOf(peer -> {
                    peer.socket().getInputStream().read(new byte[4096]);
                    peer.socket().shutdownOutput();
                }))
                .isEqualTo("tls_error");
    }

    @Test
    void aServerThatResetsTheHandshakeIsATlsError() throws IOException {
        assertThat(classOf(peer -> {
                    peer.socket().getInputStream().read();
                    peer.reset();
                }))
                .isEqualTo("tls_error");
    }

    @Test
    void aServerThatNeverShakesHandsIsATimeout() throws IOException {
        assertThat(classOf(RawServer.Peer::awaitClose)).isEqualTo("timeout");
    }

    /** What a server without TLS comes to. */
    private String classOf(RawServer.Behaviour behaviour) throws IOException {
        try (RawServer server = new RawServer(behaviour)) {
            Outcome outcome = outgoing.post("https://" + HOST + ":" + server.port() + "/", SHORT);
            assertThat(outgoing.answers()).isEqualTo(1);
            return Retries.errorClass(outcome);
        }
    }

    @Test
    void aHandshakeThatNeverEndsLeavesNoSocket() throws IOException {
        // Given
        Map<String, String> settings = Map.of("connect-timeout", "700ms");
        try (Outgoing impatient = new Outgoing(settings);
                RawServer server = new RawServer(RawServer.Peer::awaitClose)) {
            // When
            impatient.post("https://" + HOST + ":" + server.port() + "/", SHORT);

            // Then
            awaitThat(() -> server.open() == 0);
        }
    }

    @Test
    void anEndpointWithoutHttp2GetsAConnectionForEachRequestAtOnce() throws IOException {
        // Given
        int requests = 20;
        CountDownLatch all = new CountDownLatch(requests);
        try (RawServer server = tlsServer(authority.issue(HOST, VALID), peer -> {
            peer.readRequest();
            all.countDown();
            awaitThat(() -> all.getCount() == 0);
            peer.write(OK);
        })) {
            // When
            List<CompletableFuture<Outcome>> outcomes = IntStream.range(0, requests)
                    .mapToObj(unused -> outgoing.begin(
                            "https://" + HOST + ":" + server.port() + "/",
                            Outgoing.BODY.getBytes(StandardCharsets.UTF_8),
                            null,
                            TIMEOUT))
                    .toList();

            // Then
            assertThat(outcomes)
                    .extracting(outcome -> Retries.errorClass(outcome.join()))
                    .containsOnly("http_200");
            assertThat(server.accepted()).isEqualTo(requests);
        }
    }

    @Test
    void aClientCertificateIsPresentedWhereItIsAskedFor() throws IOException {
        // Given
        TestAuthority.Issued client = authority.issue("erp.stockhook.test", VALID);
        var identity = new EndpointAuth.MutualTls(client.certificatePem(), client.keyPem());
        byte[] body = Outgoing.BODY.getBytes(StandardCharsets.UTF_8);
        Queue<String> presented = new ConcurrentLinkedQueue<>();
        try (RawServer server = tlsServer(authority.issue(HOST, VALID), true, peer -> {
            presented.add(
                    ((SSLSocket) peer.socket()).getSession().getPeerPrincipal().getName());
            answer(peer);
        })) {
            String url = "https://" + HOST + ":" + server.port() + "/";

            // When
            Outcome with = outgoing.post(url, body, identity, TIMEOUT);
            Outcome without = outgoing.post(url, body, null, TIMEOUT);

            // Then
            assertThat(Retries.errorClass(with)).as("%s", with).isEqualTo("http_200");
            assertThat(Retries.errorClass(without)).as("%s", without).isEqualTo("tls_error");
            assertThat(presented).containsExactly("CN=erp.stockhook.test");
        }
    }

    @Test
    void aCertificateThatIsNoneFailsTheAttemptAlone() throws IOException {
        // Given
        var identity = new EndpointAuth.MutualTls("no certificate", "no key");
        byte[] body = Outgoing.BODY.getBytes(StandardCharsets.UTF_8);
        try (RawServer server = tlsServer(authority.issue(HOST, VALID), TlsTests::answer)) {
            // When
            Outcome outcome = outgoing.post("https://" + HOST + ":" + server.port() + "/", body, identity, TIMEOUT);

            // Then
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(server.accepted()).isZero();
        }
    }

    private RawServer tlsServer(TestAuthority.Issued issued, RawServer.Behaviour behaviour) throws IOException {
        return tlsServer(issued, false, behaviour);
    }

    private RawServer tlsServer(TestAuthority.Issued issued, boolean isClientAsked, RawServer.Behaviour behaviour)
            throws IOException {
        SSLContext context = authority.serverContext(issued);
        ServerSocket listener = context.getServerSocketFactory().createServerSocket();
        ((SSLServerSocket) listener).setNeedClientAuth(isClientAsked);
        return new RawServer(listener, behaviour);
    }

    private static void answer(RawServer.Peer peer) throws IOException {
        peer.readRequest();
        peer.write(OK);
    }

    private static String serverName(RawServer.Peer peer) {
        List<SNIServerName> names =
                ((ExtendedSSLSession) ((SSLSocket) peer.socket()).getSession()).getRequestedServerNames();
        return new String(names.get(0).getEncoded(), StandardCharsets.US_ASCII);
    }

    private static void awaitThat(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(10)).atMost(TIMEOUT).until(condition);
    }
}
