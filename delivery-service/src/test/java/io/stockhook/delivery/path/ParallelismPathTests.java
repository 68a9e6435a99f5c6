package io.stockhook.delivery.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints whose deliveries are spread over several owners. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class ParallelismPathTests {

    private static final String TYPE = "product.created";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int EVENTS = 40;

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys;

    @Inject
    Engine engine;

    private Sink sink;
    private Platform platform;

    @BeforeEach
    void start() throws Exception {
        sink = new Sink();
        platform = new Platform(TestPlatform.bootstrapServers(), masterKeys, engine::registrySize);
        await().atMost(Duration.ofSeconds(30)).until(engine::isReady);
    }

    @AfterEach
    void stop() {
        platform.close();
        sink.close();
    }

    @Test
    void deliveriesOfASpreadEndpointComeToSeveralPartitionsEachToOne() {
        // Given
        EndpointRegistration endpoint = platform.register(
                sink.url("/spread"), one -> one.toBuilder().parallelism(8).build(), TYPE);

        // When
        List<String> events = emitAll();

        // Then
        awaitReceived("/spread", events);
        assertThat(platform.tasksOf(endpoint, Topics.TASKS).stream()
                        .map(ConsumerRecord::partition)
                        .distinct())
                .hasSizeGreaterThan(2);
        assertThat(platform.tasksOf(endpoint, Topics.TASKS)).hasSize(EVENTS);
    }

    @Test
    void whatWaitsWhenTheNumberOfOwnersChangesIsDeliveredOnce() {
        // Given
        EndpointRegistration endpoint = platform.register(
                sink.url("/changed"),
                one -> one.toBuilder().parallelism(8).delayMs(3_000).build(),
                TYPE);
        List<String> events = emitAll();

        // When
        platform.publish(endpoint.toBuilder()
                .version(endpoint.version() + 1)
                .parallelism(1)
                .build());

        // Then
        awaitReceived("/changed", events);
        await().during(Duration.ofSeconds(1)).atMost(SOON).untilAsserted(() -> assertThat(sink.at("/changed"))
                .hasSize(EVENTS));
        assertThat(platform.tasksOf(endpoint, Topics.TASKS))
                .extracting(ConsumerRecord::key)
                .contains(Platform.utf8(endpoint.endpointId()));
    }

    private List<String> emitAll() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, TYPE, "{\"n\": " + i + "}");
            ids.add(event.id());
        }
        return ids;
    }

    private void awaitReceived(String path, List<String> events) {
        await().atMost(SOON).untilAsserted(() -> assertThat(sink.at(path))
                .extracting(request -> request.header("webhook-id"))
                .containsExactlyInAnyOrderElementsOf(events));
    }
}
