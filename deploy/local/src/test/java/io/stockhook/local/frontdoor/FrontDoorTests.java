package io.stockhook.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.platform.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrontDoorTests {

    private static final int MEBIBYTE = 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();
    private final int port = Ports.free();
    private final int backendPort = Ports.free();
    private final FrontDoor door = new FrontDoor(
            new RoutingTable(Map.of(
                    "/api/v1/products", new Backend("inventory-service", backendPort),
                    "/api/v1/events", new Backend("receiver-service", Ports.free()))),
            "Welcome",
            Duration.ofSeconds(2));

    @BeforeEach
    void open() throws Exception {
        await(vertx.createHttpServer().requestHandler(this::serve).listen(backendPort, "127.0.0.1"));
        door.open(port);
    }

    @AfterEach
    void close() throws Exception {
        door.close();
        await(vertx.close());
    }

    @Test
    void aRequestReachesItsBackendAndTheAnswerItsClient() throws Exception {
        // When
        HttpResponse<String> answer = send(request("/api/v1/products/?limit=1")
                .header("X-Question", "how many")
                .POST(BodyPublishers.ofString("body")));

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("X-Answer")).contains("how many");
        assertThat(answer.body()).isEqualTo("POST /api/v1/products/?limit=1 4 bytes");
    }

    @Test
    void aLargeBodyIsPassedOn() throws Exception {
        // When
        HttpResponse<String> answer =
                send(request("/api/v1/products").POST(BodyPublishers.ofByteArray(new byte[8 * MEBIBYTE])));

        // Then
        assertThat(answer.body()).isEqualTo("POST /api/v1/products %d bytes", 8 * MEBIBYTE);
    }

    @Test
    void anAnswerArrivesWhileItIsStillWrittenAndEndsWithItsReader() throws Exception {
        // When
        HttpResponse<InputStream> answer =
                http.send(request("/api/v1/products/stream").build(), BodyHandlers.ofInputStream());

        // Then
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("first");
        }
        assertThat(hungUp).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void theRootShowsTheIndex() throws Exception {
        assertThat(send(request("/")).body()).isEqualTo("Welcome");
    }

    @Test
    void aPathOfNobodyIsAProblem() throws Exception {
        // When
        HttpResponse<String> answer = send(request("/api/v1/unheard-of"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":404", "/api/v1/unheard-of");
    }

    @Test
    void anAbsentBackendIsAProblemThatNamesIt() throws Exception {
        // When
        HttpResponse<String> answer = send(request("/api/v1/events").POST(BodyPublishers.ofString("body")));

        // Then
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("receiver-service");
    }

    @Test
    void whereARequestComesFromIsSaidByTheDoorAndNotByTheClient() throws Exception {
        // When
        HttpResponse<String> answer = send(request("/api/v1/products/forwarded")
                .header("X-Forwarded-For", "203.0.113.9")
                .header("Forwarded", "for=203.0.113.9")
                .header("X-Forwarded-Proto", "https"));

        // Then
        assertThat(answer.body()).isEqualTo("[127.0.0.1] null null");
    }

    @Test
    void aBackendThatDoesNotAnswerInTimeIsAProblem() throws Exception {
        // When
        HttpResponse<String> answer = send(request("/api/v1/products/silent")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body())
                .contains(
                        "\"type\":\"/docs/problems#gateway-timeout\"",
                        "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"",
                        "inventory-service");
    }

    @Test
    void aBackendThatHangsUpIsAProblem() throws Exception {
        assertThat(send(request("/api/v1/products/hang-up")).statusCode()).isEqualTo(502);
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Answers with what it was asked; some paths misbehave. */
    private void serve(HttpServerRequest request) {
        if (request.path().endsWith("/stream")) {
            request.connection().closeHandler(closed -> hungUp.complete(null));
            request.response().setChunked(true).write("first\n");
        } else if (request.path().endsWith("/forwarded")) {
            request.response()
                    .end("%s %s %s"
                            .formatted(
                                    request.headers().getAll("X-Forwarded-For"),
                                    request.getHeader("Forwarded"),
                                    request.getHeader("X-Forwarded-Proto")));
        } else if (request.path().endsWith("/silent")) {
            request.resume();
        } else if (request.path().endsWith("/hang-up")) {
            request.connection().close();
        } else {
            request.body().onSuccess(body -> request.response()
                    .setStatusCode(201)
                    .putHeader("X-Answer", String.valueOf(request.getHeader("X-Question")))
                    .end("%s %s %d bytes".formatted(request.method(), request.uri(), body.length())));
        }
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
