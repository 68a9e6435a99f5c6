package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.stockhook.delivery.Tasks;
import io.stockhook.delivery.eventtype.PayloadVersions;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.delivery.testing.RawServer;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import io.stockhook.events.EventTypeTable;
import io.stockhook.events.Json;
import io.stockhook.events.SecretBox;
import io.stockhook.events.auth.EndpointAuth;
import io.stockhook.events.log.CompactedRecord;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts at an endpoint that asks for more than a signature, from its registration to the bytes on the wire. */
class AuthorisedAttemptsTests {

    private static final String OWNER = EndpointRegistration.secretOwner("wh_1");
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String UNAUTHORIZED = "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n";

    private final TestAuthority authority = new TestAuthority();
    private final SecretBox box =
            SecretBox.fromConfig("k1:" + Base64.getEncoder().encodeToString(new byte[32]));
    private final Vertx vertx = Vertx.vertx();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();
    private final EndpointRegistry registry = new EndpointRegistry();
    private final AtomicInteger version = new AtomicInteger();
    private final Attempts attempts;

    AuthorisedAttemptsTests(@TempDir Path directory) {
        DispatchConfig config = DispatchSettings.with(
                Map.of("ca-bundle", authority.writeTo(directory).toString(), "token-timeout", "500ms"));
        Dispatch dispatch = new Dispatch(
                vertx,
                config,
                registry,
                new EventTypeTable<>(PayloadVersions::of),
                Outgoing.LOOPBACK,
                Runnable::run,
                box,
                "1.2.3",
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        this.attempts = dispatch.on(context, 64);
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void basicCredentialsGoInTheirHeader() throws IOException {
        try (RawServer endpoint = new RawServer(AuthorisedAttemptsTests::accept)) {
            // Given
            register(endpoint, new EndpointAuth.Basic("erp", "pässword"));

            // When
            attempt();

            // Then
            String encoded = Base64.getEncoder().encodeToString("erp:pässword".getBytes(StandardCharsets.UTF_8));
            assertThat(header(endpoint, 0, "authorization")).containsExactly("Basic " + encoded);
        }
    }

    @Test
    void aBearerTokenGoesInItsHeaderInPlaceOfOneOfTheEndpointsOwn() throws IOException {
        try (RawServer endpoint = new RawServer(AuthorisedAttemptsTests::accept)) {
            // Given
            register(endpoint, new EndpointAuth.Bearer("token-1"), Map.of("AUTHORIZATION", "Bearer other", "X-A", "1"));

            // When
            attempt();

            // Then
            assertThat(header(endpoint, 0, "authorization")).containsExactly("Bearer token-1");
            assertThat(header(endpoint, 0, "x-a")).containsExactly("1");
        }
    }

    @Test
    void anApiKeyGoesInTheHeaderThatWasChosen() throws IOException {
        try (RawServer endpoint = new RawServer(AuthorisedAttemptsTests::accept)) {
            // Given
            register(endpoint, new EndpointAuth.ApiKey("X-Api-Key", "key-1"));

            // When
            attempt();

            // Then
            assertThat(header(endpoint, 0, "x-api-key")).containsExactly("key-1");
            assertThat(header(endpoint, 0, "authorization")).isEmpty();
        }
    }

    @Test
    void aClientCertificateIsPresented() throws IOException {
        // Given
        SSLServerSocket listener = (SSLServerSocket) authority
                .serverContext(authority.issue("127.0.0.1", Duration.ofDays(1)))
                .getServerSocketFactory()
                .createServerSocket();
        listener.setNeedClientAuth(true);
        TestAuthority.Issued client = authority.issue("erp.stockhook.test", Duration.ofDays(1));
        try (RawServer endpoint = new RawServer(listener, AuthorisedAttemptsTests::accept)) {
            register(
                    "https://127.0.0.1:" + endpoint.port() + "/hooks",
                    new EndpointAuth.MutualTls(client.certificatePem(), client.keyPem()),
                    Map.of());

            // When
            Outcome with = attempt();
            register("https://127.0.0.1:" + endpoint.port() + "/hooks", new EndpointAuth.Bearer("t"), Map.of());
            Outcome without = attempt();

            // Then
            assertThat(Retries.errorClass(with)).as("%s", with).isEqualTo("http_200");
            assertThat(Retries.errorClass(without)).as("%s", without).isEqualTo("tls_error");
        }
    }

    @Test
    void aTokenIsFetchedOnceAndUsedUntilItExpires() throws IOException {
        try (RawServer tokens = tokenServer(3600);
                RawServer endpoint = new RawServer(AuthorisedAttemptsTests::accept)) {
            // Given
            register(endpoint, oauth(tokens));

            // When
            for (int i = 0; i < 3; i++) {
                attempt();
            }

            // Then
            assertThat(endpoint.heads()).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(header(endpoint, i, "authorization")).containsExactly("Bearer token-1");
            }
            assertThat(tokens.heads()).hasSize(1);
            assertThat(tokens.heads().get(0)).startsWith("POST /token HTTP/1.1\r\n");
            String credentials = Base64.getEncoder().encodeToString("erp:s%26cret".getBytes(StandardCharsets.UTF_8));
            assertThat(header(tokens, 0, "authorization")).containsExactly("Basic " + credentials);
            assertThat(header(tokens, 0, "content-type")).containsExactly("application/x-www-form-urlencoded");
        }
    }

    @Test
    void anExpiredTokenIsFetchedAnew() throws IOException {
        try (RawServer tokens = tokenServer(0);
                RawServer endpoint = new RawServer(AuthorisedAttemptsTests::accept)) {
            // Given
            register(endpoint, oauth(tokens));

            // When
            attempt();
            attempt();

            // Then
            assertThat(header(endpoint, 1, "authorization")).containsExactly("Bearer token-2");
        }
    }

    @Test
    void attemptsThatComeTogetherShareAFetch() throws IOException {
        // Given
        CountDownLatch answer = new CountDownLatch(1);
        try (RawServer tokens = new RawServer(peer -> {
                    peer.readRequest();
                    awaitLatch(answer);
                    peer.write(tokenAnswer("token-1", 3600));
                });
                RawServer endpoint = new RawServer(AuthorisedAttemptsTests::accept)) {
            register(endpoint, oauth(tokens));

            // When
            List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                outcomes.add(begin());
            }
            await().atMost(SOON).until(() -> tokens.heads().size() == 1);
            answer.countDown();

            // Then
            assertThat(outcomes)
                    .extracting(outcome -> Retries.errorClass(outcome.join()))
                    .containsOnly("http_200");
            assertThat(tokens.heads()).hasSize(1);
        }
    }

    @Test
    void aKeptTokenThatIsRefusedIsFetchedAnewOnceWithinTheAttempt() throws IOException {
        // Given
        AtomicInteger requests = new AtomicInteger();
        try (RawServer tokens = tokenServer(3600);
                RawServer endpoint = new RawServer(peer -> {
                    while (true) {
                        String head = peer.readRequest();
                        boolean isRevoked = requests.incrementAndGet() > 1 && head.contains("Bearer token-1");
                        peer.write(isRevoked ? UNAUTHORIZED : OK);
                    }
                })) {
            register(endpoint, oauth(tokens));
            attempt();

            // When
            Outcome outcome = attempt();

            // Then
            assertThat(Retries.errorClass(outcome)).isEqualTo("http_200");
            assertThat(tokens.heads()).hasSize(2);
            assertThat(endpoint.heads()).hasSize(3);
        }
    }

    @Test
    void anEndpointThatRefusesEveryTokenGetsEachRequestTwiceAtMost() throws IOException {
        try (RawServer tokens = tokenServer(3600);
                RawServer endpoint = new RawServer(peer -> {
                    while (true) {
                        peer.readRequest();
                        peer.write(UNAUTHORIZED);
                    }
                })) {
            // Given
            register(endpoint, oauth(tokens));

            // When
            Outcome first = attempt();
            Outcome second = attempt();

            // Then
            assertThat(Retries.errorClass(first)).isEqualTo("http_401");
            assertThat(Retries.errorClass(second)).isEqualTo("http_401");
            assertThat(endpoint.heads()).hasSize(2);
            assertThat(tokens.heads()).hasSize(2);
        }
    }

    @Test
    void aTokenEndpointThatRefusesIsAnAuthErrorAndNothingIsPosted() throws IOException {
        assertAuthError(
                peer -> {
                    peer.readRequest();
                    String body = "{\"error\":\"invalid_client\",\"error_description\":\"secret\"}";
                    peer.write("HTTP/1.1 401 No\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                },
                "the token endpoint answered 401 (invalid_client)");
    }

    @Test
    void aTokenEndpointThatRedirectsIsAnAuthError() throws IOException {
        assertAuthError(
                peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 302 Go\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
                },
                "the token endpoint answered 302");
    }

    @Test
    void aTokenEndpointThatHangsIsAnAuthErrorInItsTime() throws IOException {
        assertAuthError(RawServer.Peer::readRequest, "the token endpoint cannot be reached: timeout");
    }

    @Test
    void aTokenEndpointThatSendsWithoutEndIsAnAuthError() throws IOException {
        assertAuthError(
                peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\n\r\n{\"a\":\"");
                    while (true) {
                        peer.write("a".repeat(1000));
                    }
                },
                "the token endpoint's answer has no access_token");
    }

    private void assertAuthError(RawServer.Behaviour tokenEndpoint, String message) throws IOException {
        try (RawServer tokens = new RawServer(tokenEndpoint);
                RawServer endpoint = new RawServer(AuthorisedAttemptsTests::accept)) {
            // Given
            register(endpoint, oauth(tokens));

            // When
            Outcome outcome = attempt();

            // Then
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.errorClass()).isEqualTo(ErrorClass.AUTH_ERROR);
                assertThat(failed.message()).startsWith(message);
            });
            assertThat(endpoint.accepted()).isZero();
        }
    }

    @Test
    void aTokenEndpointInOurOwnNetworkIsRefused() throws IOException {
        try (RawServer endpoint = new RawServer(AuthorisedAttemptsTests::accept)) {
            // Given
            register(endpoint, new EndpointAuth.OAuth2("https://169.254.169.254/token", "erp", "s", null));

            // When
            Outcome outcome = attempt();

            // Then
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.errorClass()).isEqualTo(ErrorClass.AUTH_ERROR);
                assertThat(failed.message()).startsWith("the token_url is refused");
            });
        }
    }

    @Test
    void newCredentialsAreUsedAsSoonAsTheRegistrationChanges() throws IOException {
        try (RawServer tokens = tokenServer(3600);
                RawServer endpoint = new RawServer(AuthorisedAttemptsTests::accept)) {
            // Given
            register(endpoint, oauth(tokens));
            attempt();

            // When
            register(
                    endpoint,
                    new EndpointAuth.OAuth2("http://127.0.0.1:" + tokens.port() + "/token", "crm", "other", null));
            attempt();

            // Then
            assertThat(tokens.heads()).hasSize(2);
            assertThat(header(endpoint, 1, "authorization")).containsExactly("Bearer token-2");
        }
    }

    private EndpointAuth oauth(RawServer tokens) {
        return new EndpointAuth.OAuth2("http://127.0.0.1:" + tokens.port() + "/token", "erp", "s&cret", "hooks write");
    }

    /** Gives {@code token-1}, {@code token-2} and so on. */
    private static RawServer tokenServer(int expiresIn) {
        AtomicInteger issued = new AtomicInteger();
        return new RawServer(peer -> {
            while (true) {
                peer.readRequest();
                peer.write(tokenAnswer("token-" + issued.incrementAndGet(), expiresIn));
            }
        });
    }

    private static String tokenAnswer(String token, int expiresIn) {
        String body = "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":" + expiresIn + "}";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private void register(RawServer endpoint, EndpointAuth auth) {
        register(endpoint, auth, Map.of());
    }

    private void register(RawServer endpoint, EndpointAuth auth, Map<String, String> headers) {
        register("http://127.0.0.1:" + endpoint.port() + "/hooks", auth, headers);
    }

    private void register(String url, EndpointAuth auth, Map<String, String> headers) {
        Map<String, String> encrypted = new HashMap<>();
        headers.forEach((name, value) -> encrypted.put(name, box.encrypt(value, OWNER)));
        EndpointRegistration registration = EndpointRegistration.builder("wh_1", "ten_1", url, List.of("*"))
                .version(version.incrementAndGet())
                .secrets(List.of(new EncryptedSecret(box.encrypt("whsec_Y3VycmVudA==", OWNER), null)))
                .headers(encrypted)
                .timeoutMs(2_000)
                .auth(auth.sealed(box, OWNER))
                .build();
        try {
            registry.apply(new CompactedRecord("wh_1", Json.write(registration), 0, Instant.EPOCH));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Outcome attempt() {
        return begin().join();
    }

    private CompletableFuture<Outcome> begin() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        context.runOnContext(
                unused -> attempts.attempt(Tasks.first("evt_1"), attempted -> outcome.complete(attempted.outcome())));
        return outcome.orTimeout(10, TimeUnit.SECONDS);
    }

    private static List<String> header(RawServer server, int request, String name) {
        return server.heads()
                .get(request)
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .toList();
    }

    private static void accept(RawServer.Peer peer) throws IOException {
        while (true) {
            peer.readRequest();
            peer.write(OK);
        }
    }

    private static void awaitLatch(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
