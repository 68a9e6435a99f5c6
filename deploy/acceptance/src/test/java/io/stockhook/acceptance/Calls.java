package io.stockhook.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.local.LocalPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Calls of a tenant's owner through the front door, each of which has to succeed. */
final class Calls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LocalPlatform platform;
    private final String key;

    private Calls(LocalPlatform platform, String key) {
        this.platform = platform;
        this.key = key;
    }

    /** Makes a tenant and calls as its owner from then on. */
    static Calls ofNewTenant(LocalPlatform platform, String name) throws IOException, InterruptedException {
        Calls admin = new Calls(platform, platform.adminKey());
        String tenant = admin.post("/tenants", "{\"name\":\"%s\"}".formatted(name))
                .path("id")
                .asText();
        String key = admin.post("/api-keys", """
                        {"name": "owner", "role": "owner", "tenant_id": "%s"}""".formatted(tenant)).path("key").asText();
        return new Calls(platform, key);
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.origin() + "/api/v1" + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    /** Publishes an event of this type for each number, which its data holds as {@code n}. */
    void publish(String type, int from, int until) throws IOException, InterruptedException {
        String events = IntStream.range(from, until)
                .mapToObj(n -> "{\"type\":\"%s\",\"subject\":\"order-1\",\"data\":{\"n\":%d}}".formatted(type, n))
                .collect(Collectors.joining(",", "{\"events\":[", "]}"));
        assertThat(post("/events", events).path("results"))
                .hasSize(until - from)
                .allSatisfy(result -> assertThat(result.path("status").asText()).isEqualTo("accepted"));
    }
}
