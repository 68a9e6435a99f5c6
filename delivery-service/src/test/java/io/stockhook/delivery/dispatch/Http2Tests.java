package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2, where requests share a connection and the failure of one is not to be another's. */
class Http2Tests {

    private static final String HOST = "hooks.subscriber.test";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final byte[] BODY = Outgoing.BODY.getBytes(StandardCharsets.UTF_8);

    private final TestAuthority authority = new TestAuthority();
    private final Vertx vertx = Vertx.vertx();
    private final Queue<HttpVersion> versions = new ConcurrentLinkedQueue<>();
    private final Queue<String> authorities = new ConcurrentLinkedQueue<>();
    private final Set<String> connections = ConcurrentHashMap.newKeySet();
    private final String bundle;
    private final Outgoing outgoing;
    private final HttpServer server;

    Http2Tests(@TempDir Path directory) {
        this.bundle = authority.writeTo(directory).toString();
        this.outgoing = new Outgoing(Map.of("ca-bundle", bundle));
        this.server = start("127.0.0.1", HOST);
    }

    @AfterEach
    void close() {
        outgoing.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void itIsSpokenWhereItIsOfferedOnOneConnection() {
        // Given
        int requests = 50;
        outgoing.post(url("/ok"), TIMEOUT);

        // When
        List<CompletableFuture<Outcome>> outcomes = begin("/ok", requests, TIMEOUT);

        // Then
        assertThat(outcomes)
                .extracting(outcome -> Retries.errorClass(outcome.join()))
                .containsOnly("http_200");
        assertThat(versions).hasSize(requests + 1).containsOnly(HttpVersion.HTTP_2);
        assertThat(connections).hasSize(1);
        assertThat(outgoing.openConnections()).isEqualTo(1);
    }

    @Test
    void anIpv6AddressIsBracketedInTheAuthority() {
        // Given
        HttpServer onIpv6 = start("::1", "::1");

        // When
        Outcome outcome = outgoing.post("https://[::1]:" + onIpv6.actualPort() + "/ok", TIMEOUT);

        // Then
        assertThat(Retries.errorClass(outcome)).as("%s", outcome).isEqualTo("http_200");
        assertThat(authorities).containsExactly("[::1]:" + onIpv6.actualPort());
    }

    @Test
    void itCanBeTurnedOff() {
        // Given
        try (Outgoing without = new Outgoing(Map.of("http2", "false", "ca-bundle", bundle))) {
            // When
            Outcome outcome = without.post(url("/ok"), TIMEOUT);

            // Then
            assertThat(Retries.errorClass(outcome)).isEqualTo("http_200");
            assertThat(versions).containsOnly(HttpVersion.HTTP_1_1);
        }
    }

    @Test
    void aRequestThatHangsCostsThoseBesideItNothing() {
        // Given
        outgoing.post(url("/ok"), TIMEOUT);

        // When
        List<CompletableFuture<Outcome>> hanging = begin("/hang", 10, SHORT);
        while (hanging.stream().anyMatch(outcome -> !outcome.isDone())) {
            assertThat(Retries.errorClass(outgoing.post(url("/ok"), TIMEOUT))).isEqualTo("http_200");
        }

        // Then
        assertThat(hanging)
                .extracting(outcome -> Retries.errorClass(outcome.join()))
                .containsOnly("timeout");
        assertThat(Retries.errorClass(outgoing.post(url("/ok"), TIMEOUT))).isEqualTo("http_200");
        assertThat(connections).hasSize(1);
    }

    @Test
    void aConnectionThatBringsNothingAnyMoreIsGivenUp() {
        // Given
        outgoing.post(url("/ok"), TIMEOUT);

        // When
        Outcome outcome = outgoing.post(url("/hang"), SHORT);

        // Then
        assertThat(Retries.errorClass(outcome)).isEqualTo("timeout");
        awaitThat(() -> outgoing.openConnections() == 0);
        assertThat(Retries.errorClass(outgoing.post(url("/ok"), TIMEOUT))).isEqualTo("http_200");
        assertThat(connections).hasSize(2);
    }

    @Test
    void aRequestThatIsResetIsAResetAndTheConnectionStays() {
        // When
        Outcome outcome = outgoing.post(url("/reset"), TIMEOUT);

        // Then
        assertThat(Retries.errorClass(outcome)).isEqualTo("connection_reset");
        assertThat(Retries.errorClass(outgoing.post(url("/ok"), TIMEOUT))).isEqualTo("http_200");
        assertThat(connections).hasSize(1);
    }

    @Test
    void aConnectionThatIsClosedIsAReset() {
        // When
        Outcome outcome = outgoing.post(url("/close"), TIMEOUT);

        // Then
        assertThat(Retries.errorClass(outcome)).isEqualTo("connection_reset");
        awaitThat(() -> outgoing.openConnections() == 0);
    }

    @Test
    void aBodyWithoutEndIsCutOffAndTheConnectionStays() {
        // When
        Outcome outcome = outgoing.post(url("/endless"), TIMEOUT);

        // Then
        assertThat(Retries.errorClass(outcome)).isEqualTo("http_200");
        assertThat(Retries.errorClass(outgoing.post(url("/ok"), TIMEOUT))).isEqualTo("http_200");
        assertThat(connections).hasSize(1);
    }

    @Test
    void aHeadThatIsTooLargeFailsTheAttempt() {
        // When
        Outcome outcome = outgoing.post(url("/huge"), TIMEOUT);

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(Retries.errorClass(outgoing.post(url("/ok"), TIMEOUT))).isEqualTo("http_200");
    }

    @Test
    void aConnectionPastItsAgeIsReplacedThoughItIsNeverIdle() {
        // Given
        try (Outgoing aging = new Outgoing(Map.of("max-connection-age", "1ms", "ca-bundle", bundle))) {
            CompletableFuture<Outcome> hanging = aging.begin(url("/hang"), BODY, null, SHORT);
            awaitThat(() -> connections.size() == 1);

            // When
            Outcome beside = aging.post(url("/ok"), TIMEOUT);

            // Then
            assertThat(Retries.errorClass(beside)).isEqualTo("http_200");
            awaitThat(() -> {
                assertThat(Retries.errorClass(aging.post(url("/ok"), TIMEOUT))).isEqualTo("http_200");
                return connections.size() > 1;
            });
            assertThat(Retries.errorClass(hanging.join())).isEqualTo("timeout");
            awaitThat(() -> aging.openConnections() <= 1);
        }
    }

    private List<CompletableFuture<Outcome>> begin(String path, int count, Duration timeout) {
        return IntStream.range(0, count)
                .mapToObj(unused -> outgoing.begin(url(path), BODY, null, timeout))
                .toList();
    }

    private HttpServer start(String address, String name) {
        TestAuthority.Issued issued = authority.issue(name, Duration.ofDays(1));
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHost(address)
                        .setPort(0)
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(issued.certificatePem()))
                                .addKeyValue(Buffer.buffer(issued.keyPem()))))
                .requestHandler(request -> {
                    versions.add(request.version());
                    authorities.add(String.valueOf(request.authority()));
                    connections.add(request.connection().remoteAddress().toString());
                    request.body().onSuccess(unused -> answer(request));
                })
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/hang" -> {}
            case "/reset" -> request.response().reset();
            case "/close" -> request.connection().close();
            case "/huge" ->
                request.response().putHeader("x-huge", "a".repeat(64 * 1024)).end();
            case "/endless" -> {
                request.response().setChunked(true);
                long timer = vertx.setPeriodic(1, unused -> {
                    if (!request.response().writeQueueFull()) {
                        request.response().write(Buffer.buffer(new byte[8192]));
                    }
                });
                request.response().closeHandler(unused -> vertx.cancelTimer(timer));
            }
            default -> request.response().end("ok");
        }
    }

    private String url(String path) {
        return "https://" + HOST + ":" + server.actualPort() + path;
    }

    private static void awaitThat(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(10)).atMost(TIMEOUT).until(condition);
    }
}
