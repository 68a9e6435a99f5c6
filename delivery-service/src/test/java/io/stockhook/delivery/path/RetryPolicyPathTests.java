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
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class RetryPolicyPathTests {

    private static final String TYPE = "product.created";
    private static final Duration SOON = Duration.ofSeconds(20);

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
    void scheduleOfTheEndpointsOwnIsFollowed() {
        // Given
        sink.answers("/scheduled", 500, 500, 500);
        register("/scheduled", List.of(200L, 1_200L), null, null);

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, TYPE, "{}");

        // Then
        List<DeliveryAttempt> attempts = awaitReasons(event, "http_500", "http_500", "retries_exhausted");
        assertThat(waited(attempts, 0)).isBetween(Duration.ofMillis(200), Duration.ofMillis(1_100));
        assertThat(waited(attempts, 1)).isBetween(Duration.ofMillis(1_200), Duration.ofMillis(5_000));
    }

    @Test
    void failureThatThePolicyDoesNotNameIsTheEnd() {
        // Given
        sink.answers("/picky", 503, 404);
        register("/picky", List.of(0L, 0L, 0L), List.of("5xx"), null);

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, TYPE, "{}");

        // Then
        awaitReasons(event, "http_503", "not_retryable");
    }

    @Test
    void noRetryIsMadeAfterTheTimeThatThePolicyAllows() {
        // Given
        sink.answers("/stale", 500, 500);
        register("/stale", List.of(0L, 60_000L), null, 5_000L);

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, TYPE, "{}");

        // Then
        awaitReasons(event, "http_500", "max_duration_exceeded");
    }

    private void register(
            String path, List<Long> scheduleMs, @Nullable List<String> retryOn, @Nullable Long maxDurationMs) {
        platform.register(
                sink.url(path),
                one -> one.toBuilder()
                        .retry(new EndpointRegistration.RetryConfig(
                                null, null, null, null, scheduleMs, 0.0, retryOn, null, maxDurationMs))
                        .build(),
                TYPE);
    }

    /** From one attempt to the next. */
    private static Duration waited(List<DeliveryAttempt> attempts, int after) {
        return Duration.between(
                attempts.get(after).startedAt(), attempts.get(after + 1).startedAt());
    }

    private List<DeliveryAttempt> awaitReasons(EventEnvelope event, String... reasons) {
        await().atMost(SOON).untilAsserted(() -> assertThat(attempts(event))
                .extracting(DeliveryAttempt::reason)
                .containsExactly(reasons));
        return attempts(event);
    }

    private List<DeliveryAttempt> attempts(EventEnvelope event) {
        return platform.read(Topics.ATTEMPTS).stream()
                .map(entry -> DeliveryAttempt.read(entry.value()))
                .filter(attempt -> attempt.eventId().equals(event.id()))
                .toList();
    }
}
