package io.stockhook.delivery.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.delivery.testing.RawServer;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints that misbehave, from an event to the log, beside one that does not. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class HostileSinkPathTests {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int EVENTS = 5;

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys;

    @Inject
    Engine engine;

    @Inject
    MeterRegistry meters;

    private final List<RawServer> servers = new ArrayList<>();
    private Sink sink;
    private Platform platform;

    @BeforeEach
    void start() throws Exception {
        sink = new Sink();
        platform = new Platform(TestPlatform.bootstrapServers(), masterKeys, engine::registrySize);
        await().atMost(Duration.ofSeconds(30)).until(engine::isReady);
    }

    @AfterEach
    void stop() throws Exception {
        platform.close();
        sink.close();
        for (RawServer server : servers) {
            server.close();
        }
    }

    @Test
    void eachHasItsErrorClassInTheLogAndHoldsNoSlotAndNoSocket() {
        // Given
        Map<String, String> expected = new HashMap<>();
        hostile(expected, "connection_reset", peer -> {
            peer.readRequest();
            peer.reset();
        });
        hostile(expected, "timeout", RawServer.Peer::readRequest);
        hostile(expected, "timeout", peer -> {
            peer.readRequest();
            peer.drip("HTTP/1.1 200 OK\r\nX-Slow: " + "a".repeat(1000), 50);
        });
        hostile(expected, "protocol_error", peer -> {
            peer.readRequest();
            peer.write("no http at all\r\n\r\n");
        });
        hostile(expected, "http_302", peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 302 Go\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n"
                    + "Connection: close\r\n\r\n");
        });
        hostile(expected, "http_500", peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 500 No\r\n\r\n");
            while (true) {
                peer.write(new byte[8192]);
            }
        });
        platform.register(sink.url("/healthy"), "order.created");

        // When
        List<EventEnvelope> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(platform.emit(Topics.RECEIVED_EVENTS, "order.created", "{\"n\":" + i + "}"));
        }

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(sink.at("/healthy")).hasSize(EVENTS));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(attempts(events, expected)).hasSize(EVENTS * expected.size()));
        assertThat(attempts(events, expected))
                .allSatisfy(attempt -> assertThat(attempt.errorClass()).isEqualTo(expected.get(attempt.endpointId())));
        await().atMost(SOON)
                .until(() -> meters.get("stockhook.delivery.in.flight").gauge().value() == 0);
        await().atMost(SOON).until(() -> servers.stream().allMatch(server -> server.open() == 0));
    }

    private void hostile(Map<String, String> expected, String errorClass, RawServer.Behaviour behaviour) {
        RawServer server = new RawServer(behaviour);
        servers.add(server);
        EndpointRegistration registered = platform.register(
                "http://127.0.0.1:" + server.port() + "/",
                one -> one.toBuilder()
                        .retry(new EndpointRegistration.RetryConfig(0, 1_000, 1, null))
                        .timeoutMs(1_000)
                        .build(),
                "order.created");
        expected.put(registered.endpointId(), errorClass);
    }

    private List<DeliveryAttempt> attempts(List<EventEnvelope> events, Map<String, String> endpoints) {
        List<String> ids = events.stream().map(EventEnvelope::id).toList();
        return platform.read(Topics.ATTEMPTS).stream()
                .map(entry -> DeliveryAttempt.read(entry.value()))
                .filter(attempt -> ids.contains(attempt.eventId()))
                .filter(attempt -> endpoints.containsKey(attempt.endpointId()))
                .toList();
    }
}
