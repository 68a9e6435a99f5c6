package io.stockhook.local.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of the public API with one key. */
final class Api {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI origin;
    private final String key;

    Api(HttpClient http, URI origin, String key) {
        this.http = http;
        this.origin = origin;
        this.key = key;
    }

    /** The same API with another key. */
    Api as(String otherKey) {
        return new Api(http, origin, otherKey);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(path, "GET", HttpRequest.BodyPublishers.noBody());
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return send(path, "POST", HttpRequest.BodyPublishers.ofString(body));
    }

    JsonNode patch(String path, String body) throws IOException, InterruptedException {
        return send(path, "PATCH", HttpRequest.BodyPublishers.ofString(body));
    }

    void delete(String path) throws IOException, InterruptedException {
        send(path, "DELETE", HttpRequest.BodyPublishers.noBody());
    }

    private JsonNode send(String path, String method, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(origin.resolve("/api/v1" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("%s %s was answered with %d: %s"
                    .formatted(
                            method, path, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8)));
        }
        return response.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(response.body());
    }
}
